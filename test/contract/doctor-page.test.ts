import { weaknesses } from '@sallyport/pipeline';
import { describe, expect, it } from 'vitest';

const page = '../../docs/doctor.md';

const helps = { outsider: 'a stranger', writer: 'whoever may write', admin: 'administrators', 'key-holder': 'whoever has the keys', nobody: 'nobody: the gatekeeper cannot do its work' } as const;

/** docs/doctor.md, from the list that the command has. `npx vitest run test/contract/doctor-page.test.ts -u` writes it anew. */
function renderPage(): string {
  const rows = Object.entries(weaknesses).map(([code, { severity, lock, helps: whom, title }]) => `| <a id="${code}"></a>\`${code}\` | ${severity}${lock ? ', no lock' : ''} | ${title} | ${helps[whom]} |`);
  return [
    '# Does the lock hold?',
    '',
    '`sallyport doctor` reads every point of enforcement on GitHub, compares it with the policy of the default branch, and changes nothing. It prints each weakness with what to do about it,',
    'what it could not see, and what each can still do past the gates.',
    '',
    '| level | means |',
    '|---|---|',
    '| *advisory* | somebody who may write can get past the gates |',
    '| *unknown* | nothing was found open, and something that the lock rests on could not be seen: run it with an administrator’s token |',
    '| *locked* | nobody gets past the gates unless an administrator changes a setting, or the keys are taken |',
    '| *double-locked* | GitHub also asks the App before each deployment into an environment with a window |',
    '',
    'Exit status: 0 nothing found, 1 something found, 2 the question cannot be understood, 3 nothing was found, but something could not be seen, or GitHub could not be reached.',
    '`--json` prints the same for programs. `--sarif` prints it for code scanning; weaknesses of settings, which are in no file, are shown at the policy:',
    '',
    '```sh',
    'sallyport doctor --sarif > doctor.sarif',
    '```',
    '',
    'It looks at the rulesets of the repository and of its organisation by what they do, at environments and what they admit, names of secrets, the settings of Actions, the permissions of the App,',
    'the workflow files of the default branch, and at who went past a ruleset in the last thirty days. It does not look into actions and called workflows, knows a misplaced secret by its name only, and',
    'takes for the gatekeeper whom the rulesets name, unless you name it with `--app`. [Setting up the lock](setup.md) mends what is a setting.',
    '',
    '“No lock”: with it, the level is *advisory*.',
    '',
    '| weakness | | what is the matter | helps |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

describe('the page of doctor', () => {
  it('has a row for every weakness that it can find', async () => {
    await expect(renderPage()).toMatchFileSnapshot(page);
  });
});
