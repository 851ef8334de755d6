import { exampleDecisions, handmadeDecision, resultOf } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import { annotateDecision } from './annotate-decision.ts';

const concern = { path: 'a.yml', outcome: 'deny', reason: 'workflow-changed', summary: 'It defines its own test.' } as const;

describe('the annotations of a decision', () => {
  it('stand on each file that a rule objects to', () => {
    expect(annotateDecision(exampleDecisions.sensitivePath).map(({ path, level, startLine, endLine }) => [path, level, startLine, endLine])).toEqual([
      ['.github/workflows/docs.yml', 'warning', 1, 1],
      ['infra/dns.tf', 'warning', 1, 1],
    ]);
  });

  it('are none when nothing is held against a file', () => {
    expect(annotateDecision(exampleDecisions.approvalMissing)).toEqual([]);
    expect(annotateDecision(handmadeDecision([resultOf('links', { files: [{ ...concern, outcome: 'allow' }] })]))).toEqual([]);
  });

  it('come worst first, each once', () => {
    const rules = [resultOf('sensitive', { files: [{ ...concern, outcome: 'wait', path: 'b' }, concern] }), resultOf('tests', { files: [concern] })];
    expect(annotateDecision({ rules }).map(({ path, level }) => [path, level])).toEqual([['a.yml', 'failure'], ['b', 'warning']]);
  });

  it('hold plain text on one line', () => {
    const [one] = annotateDecision({ rules: [resultOf('sensitive', { files: [{ ...concern, summary: `a\n::error::b ${'x'.repeat(2000)}` }] })] });
    const [message = '', page] = one?.message.split(/ (?=https:)/) ?? [];
    expect(message).toMatch(/^a ::error::b x+…$/);
    expect(message).toHaveLength(1000);
    expect(page).toMatch(/docs\/reasons\.md#workflow-changed$/);
  });
});
