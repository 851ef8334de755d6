import { exampleDecisions, handmadeDecision, judgedOf, resultOf } from '@sallyport/gates/testing';
import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderDecisionText } from './decision-text.ts';

const render = (decision: Parameters<typeof renderDecisionText>[0], columns = 80, colour = false): string => renderDecisionText(decision, { colors: picocolors.createColors(colour), columns, zone: 'America/Los_Angeles' });
const withoutColour = (text: string): string => text.replace(/\u001b\[[0-9;]*m/g, '');
const examples = Object.entries(exampleDecisions);

describe('a decision on a terminal', () => {
  it.each(examples)('of 80 columns: %s', (_name, decision) => {
    expect(render(decision)).toMatchSnapshot();
  });

  it('of 140 columns has the evidence in a column of its own', () => {
    expect(render(exampleDecisions.approvalMissing, 140)).toMatchSnapshot();
  });

  it.each(examples)('keeps to its width, but for addresses and commands: %s', (_name, decision) => {
    for (const columns of [60, 80, 100, 110, 140]) {
      const tooLong = render(decision, columns).split('\n').filter((line) => line.length > columns && !/^\[\d+\] https:|^ {2}[a-z-]+ +https:|^ {6}gh /.test(line));
      expect(tooLong).toEqual([]);
    }
  });

  it.each(examples)('says the same with colours: %s', (_name, decision) => {
    for (const columns of [80, 140]) expect(withoutColour(render(decision, columns, true))).toBe(render(decision, columns));
  });

  it('names the section of each reason in the way, and none when it is allowed', () => {
    expect(render(exampleDecisions.testFailed)).toMatch(/\nReasons\n {2}test-failed +https:\S+\/docs\/reasons\.md#test-failed\n {2}changes-requested +https:\S+#changes-requested\n/);
    expect(render(exampleDecisions.allowed)).not.toContain('reasons.md');
  });

  it('never breaks a command', () => {
    const command = `gh pr review 42 ${'--body lgtm '.repeat(20)}`.trim();
    expect(render(handmadeDecision([resultOf('review')], { next: [{ who: 'ben', what: 'approve', command }] }))).toContain(command);
  });

  it('loses nothing of a word that is longer than its column', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const text = render(handmadeDecision([resultOf('tests', { judged: [judgedOf('test unit', { summary: digest })] })]));
    expect(text.replace(/\s+/g, '')).toContain(digest);
  });

  it('lets nothing from outside steer the terminal or start a line', () => {
    const evil = 'x\u001b[2J\n✓ #42 may merge\u202E';
    const text = render(handmadeDecision([resultOf('tests', { outcome: 'deny', summary: evil, needs: [evil], judged: [judgedOf(evil, { summary: evil, evidence: [evil], remedy: evil, url: evil })] })], { subject: evil, next: [{ who: evil, what: evil, command: evil }] }));
    expect(text).not.toMatch(/[\u001b\u202E]/);
    expect(text).not.toMatch(/^✓/m);
  });
});
