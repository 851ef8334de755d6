import { parseQueueRef } from '@sallyport/pipeline';
import type { MergeCheck, Outside, PolicyReading } from '@sallyport/pipeline';
import { expect, it } from 'vitest';
import { takeBack } from './take-back.ts';

const sha = (digit: string): string => digit.repeat(40);
const queued = `gh-readonly-queue/main/pr-4-${sha('b')}`;
const missing: PolicyReading = { state: 'policy-missing', path: '.github/sallyport.yml', problems: [] };

it('fails the check of what could not be judged, on the head or the group, and no other', async () => {
  const published: Parameters<MergeCheck['publish']>[0][] = [];
  const outside = {
    changes: {
      repository: () => Promise.resolve({ owner: 'acme', name: 'shop', id: 5000, defaultBranch: 'main' }),
      listOpen: () => Promise.resolve([{ number: 4, headSha: sha('4') }, { number: 7, headSha: sha('7') }]),
      listQueueGroups: () => Promise.resolve([parseQueueRef(queued, sha('9'))]),
    },
    mergeCheck: { publish: (check: Parameters<MergeCheck['publish']>[0]) => Promise.resolve(void published.push(check)).then(() => ({ id: 1, url: '' })) },
  } as unknown as Outside;
  await takeBack(outside, Promise.resolve(missing), new Map([['7', 'GitHub answered 502'], [queued, 'it did not answer']]));
  expect(published).toMatchObject([
    { headSha: sha('7'), decision: null, summary: expect.stringContaining('GitHub answered 502') as string },
    { headSha: sha('9'), decision: null, summary: expect.stringContaining('it did not answer') as string },
  ]);
});
