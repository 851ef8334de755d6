import type { PolicyReading, QueueTarget } from '@sallyport/pipeline';
import { describe, expect, it } from 'vitest';
import { listTargets } from './list-targets.ts';
import type { Selection } from './select-targets.ts';

const sha = (digit: string): string => digit.repeat(40);
const groupOn = (base: string, pullRequest: number): QueueTarget => ({ pullRequest, base, group: { ref: `gh-readonly-queue/${base}/pr-${pullRequest}-${sha('b')}`, headSha: sha('9'), baseSha: sha('b') } });
const open = [{ number: 7, headSha: sha('1') }, { number: 9, headSha: sha('2') }, { number: 12, headSha: sha('1') }];
const valid = { state: 'valid', current: { sealed: { value: { merge: { into: ['release'] } } } } } as unknown as PolicyReading;
const missing: PolicyReading = { state: 'policy-missing', path: '.github/sallyport.yml', problems: [] };

function list(selection: Selection, reading: PolicyReading = valid) {
  const asked: string[] = [];
  const changes = {
    repository: () => Promise.resolve({ owner: 'acme', name: 'shop', id: 5000, defaultBranch: 'main' }),
    listOpen: (into: readonly string[]) => Promise.resolve(void asked.push(...into)).then(() => open),
    listQueueGroups: () => Promise.resolve([groupOn('release', 3), groupOn('main', 4), groupOn('topic', 5)]),
  };
  return listTargets(changes, Promise.resolve(reading), selection).then((targets) => ({ asked, targets: targets.map(({ pullRequest, group }) => (group === null ? `#${pullRequest}` : `#${pullRequest} queued`)) }));
}

describe('listTargets', () => {
  it.each<[string, Selection, PolicyReading, readonly string[]]>([
    ['all that is open into guarded branches, and their groups', { select: 'all' }, valid, ['#7', '#9', '#12', '#3 queued']],
    ['what is open into the default branch when no policy says more', { select: 'all' }, missing, ['#7', '#9', '#12', '#4 queued']],
    ['everyone at a head', { select: 'head', first: [], headSha: sha('1'), orAll: true }, valid, ['#7', '#12']],
    ['the named one first, and once', { select: 'head', first: [{ pullRequest: 12, group: null }], headSha: sha('1'), orAll: false }, valid, ['#12', '#7']],
    ['no group by its head', { select: 'head', first: [], headSha: sha('9'), orAll: false }, valid, []],
    ['everything when nothing is at the head of a run', { select: 'head', first: [], headSha: sha('5'), orAll: true }, valid, ['#7', '#9', '#12', '#3 queued']],
    ['nothing when nothing else is at the head of what was closed', { select: 'head', first: [], headSha: sha('5'), orAll: false }, valid, []],
  ])('lists %s', async (_name, selection, reading, expected) => {
    expect((await list(selection, reading)).targets).toEqual(expected);
  });

  it('asks for nothing when the event names what to judge', async () => {
    expect(await list({ select: 'targets', targets: [{ pullRequest: 3, group: null }] })).toEqual({ asked: [], targets: ['#3'] });
  });

  it.each([
    ['the branches of the policy', valid, ['release']],
    ['the default branch without one', missing, ['main']],
  ])('looks at %s', async (_name, reading, branches) => {
    expect((await list({ select: 'all' }, reading)).asked).toEqual(branches);
  });
});
