import { decision as decisionSchema, reasonCodes, reasons } from '@sallyport/gates';
import { exampleDecisions } from '@sallyport/gates/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runProgram } from '../run-program.ts';
import { renderDecisionText } from '../render/decision-text.ts';
import { policyText } from '../testing/example-documents.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { testIo } from '../testing/test-io.ts';

const made = exampleDecisions.approvalMissing;
const document = z.encode(decisionSchema, made);
const entry = (changes: Readonly<Record<string, unknown>> = {}) => ({ schema: 1, index: 3, at: '2026-11-23T12:00:00.000Z', key: 'decision:merge:3:x', previousRoot: 'A'.repeat(44), body: { type: 'decision-made', gate: 'merge', subject: made.subject, outcome: 'wait', decision: document, facts: {}, ...changes } });
const now = { serverAt: '2026-11-23T12:00:00.000Z', localAt: '2026-11-23T12:00:00.000Z' };

const explain = async (given: unknown) => {
  const io = testIo({ stdin: typeof given === 'string' ? given : JSON.stringify(given) });
  return { exitCode: await runProgram(['explain', '-'], io), out: io.out(), err: io.err() };
};

describe('sallyport explain', () => {
  it.each([
    ['a decision', document, null],
    ['a ledger entry', entry(), null],
    ['a case, in the zone of its policy', { case: 1, policy: policyText, facts: {}, now, decision: document }, 'America/Los_Angeles'],
    ['a case whose policy no longer reads', { case: 1, policy: 'version: 9', facts: {}, now, decision: document }, null],
  ])('shows %s as the gate printed it, and what its reasons mean', async (_name, given, zone) => {
    const { exitCode, out } = await explain(given);
    const io = testIo();
    expect(exitCode).toBe(4);
    expect(out.startsWith(renderDecisionText(made, { colors: io.colors, columns: 80, zone }))).toBe(true);
    expect(out).toContain('What the reasons mean\n  approvals-missing\n    Fewer people than the policy asks for');
  });

  it.each([
    ['what is not JSON', '{', 'is not JSON'],
    ['what is no decision, with each place', { ...document, outcome: 'maybe', next: 1 }, 'outcome: '],
    ['a faulty decision in an entry, with its place', entry({ decision: { ...document, next: 1 } }), 'body.decision.next: '],
    ['an entry that contradicts itself', entry({ outcome: 'allow' }), 'body.outcome is not body.decision.outcome'],
    ['an entry of another type', { ...entry(), body: { type: 'review-opened', override: '31', issue: 9, dueAt: now.serverAt } }, 'records review-opened and no decision'],
    ['a case without a decision', { case: 1, policy: policyText, facts: {}, now }, 'records no decision'],
    ['facts', { schema: 1, gate: 'merge', pullRequest: {} }, 'holds facts and no decision'],
    ['a list', [document], 'does not have the shape of a decision'],
  ])('refuses %s', async (_name, given, message) => {
    const { exitCode, out, err } = await explain(given);
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});

describe('sallyport schema', () => {
  it.each([
    [['facts'], 'urn:sallyport:facts:merge:1'],
    [['facts', 'release'], 'urn:sallyport:facts:release:1'],
    [['decision'], 'urn:sallyport:decision:1'],
  ])('prints %j', async (argv, id) => {
    const io = testIo();
    expect(await runProgram(['schema', ...argv], io)).toBe(0);
    expect(JSON.parse(io.out())).toMatchObject({ $id: id });
  });

  it('knows no other gate', async () => {
    const io = testIo();
    expect(await runProgram(['schema', 'facts', 'toll'], io)).toBe(2);
    expect(io.err()).toContain('There is no gate "toll"');
  });
});

describe('sallyport explain <reason>', () => {
  const explainCode = async (code: string, cwd = '/') => {
    const io = testIo({ cwd });
    return { exitCode: await runProgram(['explain', code], io), out: io.out(), err: io.err() };
  };

  it.each(reasonCodes)('says what %s means, and where that stands', async (code) => {
    const { exitCode, out } = await explainCode(code);
    expect(exitCode).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(reasons[code].meaning.replace(/\s+/g, ' '));
    expect(out).toContain(`docs/reasons.md#${code}\n`);
  });

  it('names the nearest for what is none', async () => {
    expect(await explainCode('window-close')).toMatchObject({ exitCode: 2, err: expect.stringContaining('The nearest reason is window-closed.') as string });
  });

  it('says where they all stand, to somebody who has no clone of Sallyport', async () => {
    expect(await explainCode('nonsense')).toMatchObject({ exitCode: 2, err: expect.stringContaining('one of the reasons in https://github.com/sallyport/sallyport/blob/main/docs/reasons.md.') as string });
  });

  it('takes a file of that name for the file', async () => {
    const folder = await temporaryFolder({ freeze: JSON.stringify(document) });
    expect(await explainCode('freeze', folder.path)).toMatchObject({ exitCode: 4 });
    await folder.remove();
  });
});
