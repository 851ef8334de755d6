import type { Context } from '../context.ts';
import { judgeOutsiders } from '../judge-outsiders.ts';
import { oneRef } from '../match-ref.ts';
import { ofType, whoMay } from '../who-may.ts';
import type { Allowed, RulesOn } from '../who-may.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { ledgerBranch } from '../wanted-enforcement.ts';
import { setUp } from '../words.ts';

const where = `branch ${ledgerBranch}`;
/** Who can write the record, and who can make it forget. */
export function findLedgerWeaknesses({ enforcement, policy }: Context): Findings {
  const { rulesets, app, repository } = enforcement;
  const keys = policy.ledger.keys.length > 0 ? nothingFound : found({ code: 'ledger-key-missing', where: 'policy, ledger.keys', message: 'The list is empty, so that no checkpoint of the ledger is believed.', next: 'Run `sallyport setup app`, or put the line that `sallyport ledger new-key` prints there.' });
  if (rulesets.state === 'hidden') return together([keys, notSeen('rulesets for the ledger', rulesets.why, { lock: true })]);
  const rules: RulesOn = { rulesets: rulesets.value, defaultBranch: repository.defaultBranch };
  const ask = (type: string): Allowed => whoMay(rules, oneRef(`refs/heads/${ledgerBranch}`), ofType(type));
  return together([keys, ...['creation', 'update'].map((type) => judgeWriting(ask(type), type, app?.id ?? null)), ...['deletion', 'non_fast_forward'].map((type) => judgeRewriting(ask(type), type))]);
}

const doing = new Map([['creation', 'make the branch'], ['update', 'add to it'], ['deletion', 'delete it'], ['non_fast_forward', 'force-push to it']]);

function judgeWriting(allowed: Allowed, type: string, app: number | null): Findings {
  const what = doing.get(type) ?? type;
  if (allowed.who === 'hidden') return notSeen(`who may ${what}: ${where}`, allowed.why, { lock: true });
  if (allowed.who === 'everyone') return found({ code: 'ledger-open', where, message: `Everybody who may write can ${what}.`, next: setUp });
  const others = allowed.actors.filter(({ kind, id }) => !(kind === 'Integration' && id === app));
  const closed = app !== null && !allowed.actors.some(({ kind, id }) => kind === 'Integration' && id === app);
  return together([
    judgeOutsiders(others, { code: 'ledger-open', where, doing: what }),
    closed ? found({ code: 'ledger-closed', where, message: `The App ${app} may not ${what}.`, next: setUp }) : nothingFound,
  ]);
}

function judgeRewriting(allowed: Allowed, type: string): Findings {
  const what = doing.get(type) ?? type;
  if (allowed.who === 'hidden') return notSeen(`who may ${what}: ${where}`, allowed.why, { lock: true });
  if (allowed.who === 'everyone') return found({ code: 'ledger-rewritable', where, message: `Everybody who may write can ${what}.`, next: setUp });
  return judgeOutsiders(allowed.actors, { code: 'ledger-rewritable', where, doing: what });
}
