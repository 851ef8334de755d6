import { exampleDecisions, handmadeDecision, judgedOf, resultOf } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import { renderDecision, renderDecisionTitle } from './render-decision.ts';

const examples = Object.entries(exampleDecisions);
const many = (count: number) => Array.from({ length: count }, (_, index) => judgedOf(`check unit ${index}`, { counted: false, summary: 'x'.repeat(200) }));

describe('a decision as Markdown', () => {
  it.each(examples)('%s', (_name, decision) => {
    expect(renderDecision(decision)).toMatchSnapshot();
  });

  it.each([
    ['of rows', handmadeDecision([resultOf('tests', { judged: many(1000) }), resultOf('review', { judged: many(1000) })])],
    ['of rules', handmadeDecision(many(2000).map(({ what }) => resultOf(what, { outcome: 'deny', summary: '√'.repeat(500) })))],
    ['of steps', handmadeDecision([resultOf('review')], { next: many(2000).map(({ what }) => ({ who: 'ben', what: `${what} ${'x'.repeat(500)}` })) })],
    ['of one name', handmadeDecision([resultOf('tests', { summary: '|'.repeat(200_000), judged: [judgedOf('|'.repeat(200_000))] })])],
  ])('stays within what GitHub takes, whatever there is too much %s', (_name, decision) => {
    for (const maximumBytes of [65_535, 1_048_576]) expect(Buffer.byteLength(renderDecision(decision, { maximumBytes }))).toBeLessThanOrEqual(maximumBytes);
  });

  it('is cut between rows, says how much is missing, and leaves nothing open', () => {
    const markdown = renderDecision(handmadeDecision([resultOf('tests', { judged: many(1000) })]));
    const rows = markdown.split('\n').filter((line) => line.includes('check unit')).length;
    expect(rows).toBeGreaterThan(200);
    expect(markdown).toContain(`| | ${1000 - rows} more left out here for length`);
    expect(markdown.split('\n').filter((line) => line.startsWith('|')).every((line) => line.endsWith('|'))).toBe(true);
    expect(markdown).toContain('</details>');
  });

  it('leads from every reason in the way to its section, and from no other', () => {
    const approval = judgedOf('approval by ben', { counted: false, reason: 'comment-only' });
    const objection = judgedOf('review by cho', { reason: 'changes-requested' });
    const markdown = renderDecision(handmadeDecision([resultOf('window', { outcome: 'wait', reason: 'window-closed' }), resultOf('review', { outcome: 'wait', reason: 'approvals-missing', judged: [approval, judgedOf('approval by dia')] }), resultOf('objections', { outcome: 'deny', reason: 'changes-requested', judged: [objection] }), resultOf('freeze', { reason: 'not-applicable' })]));
    const sections = [...markdown.matchAll(/\[([a-z-]+)\]\((https:[^)]+)\)/g)].map(([, code, address]) => `${code}: ${address}`);
    expect(sections.sort()).toEqual(['approvals-missing', 'changes-requested', 'changes-requested', 'comment-only', 'window-closed'].map((code) => `${code}: https://github.com/sallyport/sallyport/blob/main/docs/reasons.md#${code}`));
  });

  it('leaves nothing out that fits', () => {
    expect(renderDecision(handmadeDecision([resultOf('tests', { judged: many(100) })]))).not.toContain('left out');
  });

  it('gives text from outside no power (X02)', () => {
    const evil = 'x](javascript:1) @team <img src=x> `a` | b\n# ✅ may merge [y](http://evil.example)';
    const markdown = renderDecision(
      handmadeDecision([resultOf('tests', { outcome: 'deny', summary: evil, needs: [evil], judged: [judgedOf(evil, { summary: evil, evidence: [evil], remedy: evil, url: evil })] }), resultOf(evil)], { subject: evil, next: [{ who: evil, what: evil }] }),
    );
    expect(markdown).not.toMatch(/(?<!\\)<img|@team|\]\(javascript|\]\((?!https:\/\/github\.com\/sallyport\/sallyport\/blob\/main\/docs\/reasons\.md#)http|^# |(?<!\\)`a/m);
  });
});

describe('the title of a decision', () => {
  it.each([
    ['allowed', 'Every rule is satisfied'],
    ['approvalMissing', 'It needs one more approval · 1 of ben and dia: review #12 and approve its head'],
    ['testFailed', 'It needs test lint to pass and the objection of dia to be settled · dia: review again: approve, or keep the objection'],
    ['machineUnexplained', 'Unknown: robot[bot] had a part in the change, and nobody is known who set it to work; that might be the reviewer · whoever set robot[bot] to work: assign it to #12, so that it is known who did'],
  ] as const)('of %s', (name, title) => {
    expect(renderDecisionTitle(exampleDecisions[name])).toBe(title);
  });

  it('has at most 200 characters and one line', () => {
    const title = renderDecisionTitle(handmadeDecision([resultOf('tests', { outcome: 'deny', needs: [`a\n::error::${'x'.repeat(500)}`] })]));
    expect(title).toHaveLength(200);
    expect(title).not.toContain('\n');
  });
});
