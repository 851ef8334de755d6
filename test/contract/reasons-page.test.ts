import { reasons } from '@sallyport/gates';
import { describe, expect, it } from 'vitest';

const page = '../../docs/reasons.md';

/** docs/reasons.md, from the very texts that the command shows. `npx vitest run test/contract/reasons-page.test.ts -u` writes it anew. */
function renderPage(): string {
  const sections = Object.entries(reasons).flatMap(([code, { meaning, remedy }]) => [`## ${code}`, '', meaning, '', remedy === null ? 'There is nothing to do about it.' : `**What to do.** ${remedy}`, '']);
  return [
    '# Reasons',
    '',
    'Why a gate says what it says. Every rule of a decision, and everything that a rule looked at, has one of these codes: on the pull request, in a step summary,',
    'in the ledger, and from `sallyport gate … --json`. `sallyport explain <code>` shows one in the terminal, and `sallyport explain decision.json` those of a decision.',
    'Where one stands in the way, check, summary, release issue and terminal name its section here. Not the code but what you see? Begin at [troubleshooting](troubleshooting.md).',
    '',
    ...sections,
  ].join('\n');
}

describe('the page of reasons', () => {
  it('has a section for every reason that a gate can give', async () => {
    await expect(renderPage()).toMatchFileSnapshot(page);
  });
});
