import type { Decision } from '@sallyport/gates';
import { digestOf } from '@sallyport/gates';
import { decisionDocument } from '@sallyport/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeCheckName } from '@sallyport/pipeline';
import { createMergeCheck, cut, divide } from './merge-check.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const digest = `sha256:${'c'.repeat(64)}`;
const decisionOf = (outcome: Decision['outcome']): Decision => ({
  schema: 1,
  gate: 'merge',
  subject: 'acme/shop#12',
  outcome,
  rules: [{ rule: 'reviews', outcome, reason: 'ok', summary: 'A rule.', evidence: [], judged: [] }],
  next: [],
  inputs: { policy: digest, facts: digest, now: { serverAt: 1000, localAt: 1000 } },
});
const publish = (decision: Decision | null, title = 'Title', summary = 'Summary') => createMergeCheck(scene.app).publish({ headSha: scene.commit, decision, title, summary });

const outputOf = (id: number) => scene.repository.checkRuns.find((check) => check.id === id)?.output;

describe('the merge check', () => {
  it.each([
    ['allow', 'completed', 'success'],
    ['deny', 'completed', 'failure'],
    ['wait', 'in_progress', null],
    ['unknown', 'completed', 'failure'],
    ['allow', 'completed', 'success'],
  ] as const)('shows %s as %s %s, on one and the same check', async (outcome, status, conclusion) => {
    const decision = decisionOf(outcome);
    const { id } = await publish(decision);
    const ours = scene.repository.checkRuns.filter((check) => check.name === mergeCheckName);
    expect(ours).toHaveLength(1);
    expect(ours[0]).toMatchObject({ id, status, conclusion, app: scene.appId, externalId: digestOf(decisionDocument(decision)) });
  });

  it('fails when there is no decision', async () => {
    const { id } = await publish(null);
    expect(scene.repository.checkRuns.find((check) => check.id === id)).toMatchObject({ status: 'completed', conclusion: 'failure' });
  });

  it('leaves another App’s check of the same name alone', async () => {
    const mine = scene.repository.checkRuns.find((check) => check.name === mergeCheckName);
    if (mine === undefined) throw new Error('the check was not posted');
    const forged = { ...mine, id: mine.id + 10_000, app: scene.appId + 1, conclusion: 'success' };
    scene.repository.checkRuns.push(forged);
    const { id } = await publish(decisionOf('deny'));
    expect(id).toBe(mine.id);
    expect(forged.conclusion).toBe('success');
  });

  it('cuts texts that GitHub would refuse, and puts what does not fit the summary below it', async () => {
    const { id } = await publish(decisionOf('deny'), 't'.repeat(300), `${'s'.repeat(60_000)}\n\n${'d'.repeat(70_000)}`);
    const output = outputOf(id);
    expect([output?.title?.length, output?.summary?.length, output?.text?.length]).toEqual([255, 60_000, 65_535]);
    expect(output?.text).toMatch(/^d+… \(cut\)$/);
    await publish(decisionOf('deny'));
    expect(outputOf(id)?.text).toBe('');
  });

  it('remarks on files once for each head, at most 50 times', async () => {
    const annotations = Array.from({ length: 60 }, (_, index) => ({ path: `infra/${index}.tf`, startLine: 1, endLine: 2, level: 'failure' as const, title: 'Needs two approvals', message: 'acme/platform has not approved it.' }));
    const report = { headSha: scene.commit, decision: decisionOf('deny'), title: 'Title', summary: 'Summary' };
    const { id } = await createMergeCheck(scene.app).publish({ ...report, annotations });
    expect(outputOf(id)?.annotations).toHaveLength(50);
    expect(outputOf(id)?.annotations[0]).toEqual({ path: 'infra/0.tf', start_line: 1, end_line: 2, annotation_level: 'failure', title: 'Needs two approvals', message: 'acme/platform has not approved it.' });
    await createMergeCheck(scene.app).publish({ ...report, annotations });
    expect(outputOf(id)?.annotations).toHaveLength(50);
  });

  it('is not posted by a person', async () => {
    await expect(createMergeCheck(scene.ada).publish({ headSha: scene.commit, decision: null, title: 't', summary: 's' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it.each([
  ['short text stays', 'abc', 10, 'abc'],
  ['text of just the length stays', 'a'.repeat(10), 10, 'a'.repeat(10)],
  ['longer text is marked', 'a'.repeat(11), 10, 'aaa… (cut)'],
  ['a character is not halved', `aa😀${'a'.repeat(9)}`, 10, 'aa… (cut)'],
])('%s', (_name, text, longest, expected) => {
  expect(cut(text, longest)).toBe(expected);
});

it.each([
  ['text of just the length is not divided', 'a'.repeat(10), ['a'.repeat(10), '']],
  ['paragraphs stay whole', 'one\ntwo\n\nthree', ['one\ntwo', 'three']],
  ['lines stay whole where there is no paragraph', 'one\ntwo\nthree four', ['one\ntwo', 'three four']],
  ['one long line is cut', 'a'.repeat(11), ['aaa… (cut)', '']],
])('%s', (_name, text, expected) => {
  expect(divide(text, 10)).toEqual(expected);
});
