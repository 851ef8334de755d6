import type { Reasons } from './reason.ts';

/** Reasons that any gate can give. */
export const commonReasons = {
  ok: { meaning: 'It was looked at and nothing speaks against it.', remedy: null },
  'not-applicable': { meaning: 'The policy gives this rule nothing to check here.', remedy: null },
  'not-enforced': {
    meaning: 'The policy asks for something that Sallyport cannot check yet. What is not checked is not taken for satisfied.',
    remedy: 'Whoever owns the policy takes that field out until it can be enforced; `sallyport policy check` lists such fields.',
    needs: 'a policy that can be enforced as a whole',
  },
  'fact-missing': {
    meaning: 'Something the rule has to know could not be learnt: GitHub did not answer, or did not let it be read. Unknown never counts as yes.',
    remedy: 'Ask again in a minute. If it stays, whoever runs Sallyport checks the permissions of the App or token against the summary.',
    needs: 'a fact that could not be read',
  },
  'list-incomplete': {
    meaning: 'A list was cut short, so what is not in it may still exist. Nothing is allowed because something was not seen.',
    remedy: 'Ask again. If the change is larger than GitHub lists (250 commits, 3,000 files), split it.',
    needs: 'a list that could only be read in part',
  },
  'clock-untrusted': {
    meaning: 'The time could not be trusted: GitHub gave none, or it and this machine are more than a minute apart.',
    remedy: 'Whoever runs Sallyport corrects the clock of the machine, then asks again.',
    needs: 'a clock that can be trusted',
  },
} as const satisfies Reasons;
