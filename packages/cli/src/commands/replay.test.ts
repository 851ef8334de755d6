import { appendEntries } from '@sallyport/ledger';
import type { EntryBody, NewEntry } from '@sallyport/ledger';
import { testContext } from '@sallyport/ledger/testing';
import { decisionDocument } from '@sallyport/pipeline';
import { afterEach, describe, expect, it } from 'vitest';
import { decideOn } from '../offline/facts-document.ts';
import { parsePolicyText } from '../policy-file.ts';
import { frozenPolicyText, policyText, releaseFactsDocument, saturday, stageFactsDocument, wednesday } from '../testing/example-documents.ts';
import { checkOut } from '../testing/ledger-folder.ts';
import { runCommand } from '../testing/run-command.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

type Made = Extract<EntryBody, { type: 'decision-made' }>;
type Clock = { readonly serverAt: string; readonly localAt: string; readonly tzdata?: string };

const folders: TemporaryFolder[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

const digest = parsePolicyText(policyText, 'the policy').sealed.digest;

/** A decision as the gatekeeper records it. */
function madeBy(gate: 'stage' | 'release', facts: Record<string, unknown>, now: Clock): Made {
  const clock = { serverAt: Date.parse(now.serverAt), localAt: Date.parse(now.localAt), ...(now.tzdata === undefined ? {} : { tzdata: now.tzdata }) };
  const made = decideOn(gate, parsePolicyText(policyText, 'the policy').sealed, facts, clock, 'the facts');
  return { type: 'decision-made', gate, subject: made.subject, outcome: made.outcome, decision: decisionDocument(made), facts };
}

const adopted = (changes: Partial<Extract<EntryBody, { type: 'policy-adopted' }>> = {}): EntryBody => ({ type: 'policy-adopted', digest, commit: '5'.repeat(40), text: policyText, ...changes });
const staged = madeBy('stage', stageFactsDocument, wednesday);
const waiting = madeBy('release', releaseFactsDocument, { ...wednesday, tzdata: '2026b' });
const released = madeBy('release', releaseFactsDocument, saturday);

/** Replays a ledger of these entries, which is intact: whoever holds its key can write what they like. */
async function replay(bodies: readonly EntryBody[], ...more: readonly string[]) {
  const context = testContext();
  await appendEntries(context, bodies.map((body, index): NewEntry => ({ key: `entry:${index}`, body })));
  const { folder, argv } = await checkOut(context);
  folders.push(folder);
  return runCommand(['replay', ...argv, ...more]);
}

const said = (text: string): string => expect.stringContaining(text) as string;
const withDecision = (made: Made, changes: Record<string, unknown>): Made => ({ ...made, decision: { ...made.decision, ...changes } });
/** The same decision with the first rule's outcome improved. */
const improved = (made: Made): Made => withDecision(made, { rules: (made.decision['rules'] as readonly object[]).map((rule, index) => (index === 0 ? { ...rule, summary: 'It was all right.' } : rule)) });

describe('replay', () => {
  it('makes every decision again to the byte, and says so', async () => {
    expect(await replay([adopted(), staged, waiting, released])).toEqual({ exitCode: 0, out: said('entries 0 to 3 of 4 entries, 3 decisions\n\n✓ All 3 decisions come out as recorded, to the byte.\n'), err: '' });
    expect(JSON.parse((await replay([adopted(), staged], '--json')).out)).toMatchObject({ schema: 1, size: 2, from: 0, to: 1, decisions: 1, same: 1, findings: [] });
  });

  it.each<[string, Made, string]>([
    ['an outcome', withDecision(waiting, { outcome: 'allow' }), 'decision.outcome\n  recorded: "allow"\n  made now: "wait"'],
    ['an outcome of the entry alone', { ...waiting, outcome: 'allow' }, 'outcome\n  recorded: "allow"\n  made now: "wait"'],
    ['a subject of the entry alone', { ...waiting, subject: 'another build' }, 'subject\n  recorded: "another build"'],
    ['a rule', improved(waiting), 'decision.rules.0.summary\n  recorded: "It was all right."'],
    ['a fact', { ...waiting, facts: { ...releaseFactsDocument, recentDeploySeconds: { items: [60, 61], complete: true } } }, 'decision.inputs.facts\n'],
    ['the time', withDecision(waiting, { inputs: { ...(waiting.decision['inputs'] as object), now: saturday } }), 'decision.next'],
  ])('finds %s that was changed, with entry, subject and place', async (_name, changed, place) => {
    const { exitCode, out } = await replay([adopted(), staged, changed, released]);
    expect(exitCode).toBe(1);
    expect(out).toContain(`differs first at ${place}`);
    expect(out).toContain(`✗ entry 2: release gate, ${changed.subject}\n`);
    expect(out).toContain('✗ 1 of 3 decisions does not come out as recorded.');
  });

  it('finds a policy text that is not the one decided by', async () => {
    const { exitCode, out } = await replay([adopted({ text: frozenPolicyText }), staged]);
    expect([exitCode, out]).toEqual([1, said('differs first at decision.inputs.policy')]);
    expect(out).toContain('The policy text recorded for it is not the policy that it was made by');
  });

  it.each<[string, readonly EntryBody[], string]>([
    ['whose policy is not recorded', [staged], `The policy ${digest}, by which it was made, is not recorded`],
    ['whose policy is not valid', [adopted({ text: 'version: 2\n' }), staged], 'The policy .github/sallyport.yml at 555555555555 is not valid'],
    ['whose facts are not such facts', [adopted(), { ...staged, facts: { ...stageFactsDocument, mood: 'good' } }], 'does not have the shape of facts'],
    ['whose facts are of another gate', [adopted(), { ...staged, facts: releaseFactsDocument }], 'holds facts for the release gate'],
    ['that does not say what it was made from', [adopted(), { ...staged, decision: { outcome: 'allow' } }], 'does not have the shape of a decision with its inputs'],
  ])('fails for a decision %s, and makes the others again', async (_name, bodies, reason) => {
    const { exitCode, out } = await replay([...bodies, { type: 'review-opened', override: '1', issue: 1, dueAt: '2026-12-09T10:00:00Z' }]);
    expect([exitCode, out]).toEqual([1, said('cannot be made again\n')]);
    expect(out).toContain(reason);
    expect(out).not.toMatch(/undefined|\[object/);
    const { findings } = JSON.parse((await replay(bodies, '--json')).out) as { readonly findings: readonly unknown[] };
    expect(findings).toEqual([{ index: bodies.length - 1, gate: 'stage', subject: staged.subject, state: 'cannot-be-made-again', reason: said(reason) }]);
  });

  it('takes the policy from anywhere in the ledger, and looks only at the entries asked for', async () => {
    const bodies = [adopted(), improved(staged), waiting, improved(released)];
    expect(await replay(bodies, '--from', '2', '--to', '2')).toMatchObject({ exitCode: 0, out: said('entries 2 to 2 of 4 entries, 1 decision\n\n✓ The decision comes out as recorded') });
    expect(await replay(bodies, '--from', '2')).toMatchObject({ exitCode: 1, out: said('1 of 2 decisions') });
    expect(await replay(bodies, '--to', '0')).toMatchObject({ exitCode: 0, out: said('There is no decision among them') });
  });

  it('says when another time zone database may be why', async () => {
    const older = madeBy('release', releaseFactsDocument, { ...wednesday, tzdata: '2025a' });
    expect((await replay([adopted(), improved(older)])).out).toContain('It was made with zone data 2025a; this machine has 2026b.');
    expect((await replay([adopted(), improved(waiting)])).out).not.toContain('zone data');
  });

  it('says how far it is', async () => {
    const { exitCode, err } = await replay([adopted(), ...Array.from({ length: 501 }, () => staged)]);
    expect([exitCode, err]).toEqual([0, '500 of 501 decisions made again\n']);
  });

  it('refuses a ledger that is not intact, and a range it does not have', async () => {
    expect(await replay([adopted()], '--against', '/nowhere')).toMatchObject({ exitCode: 2 });
    expect(await replay([adopted()], '--to', '1')).toMatchObject({ exitCode: 2, err: said('no entry 1') });
    expect(await replay([adopted(), staged], '--origin', 'github.com/acme/other/sallyport')).toMatchObject({ exitCode: 1, out: '', err: said('The ledger is not intact, so no decision is made again') });
  });
});
