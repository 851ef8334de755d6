import type { MergeTarget } from '@sallyport/pipeline';
import type { User } from '@sallyport/simulator';
import { allowed, does } from './story.ts';
import type { Step, Story } from './story.ts';
import type { Change, Files } from './change.ts';

const opens = (files: Files) => does('Ana opens a pull request; its tests pass', (change) => change.open({ ...files, [`src/${change.branch}.txt`]: 'mine\n' }));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));

function reviewerOf({ scene, number }: Change): User {
  const user = scene.repository.pulls.get(number())?.reviews.at(-1)?.user;
  if (user === undefined) throw new Error(`#${number()} has no review`);
  return user;
}

const isQueued = does('It goes to the front of the merge queue; the tests of its group run', async (change) => {
  const { simulator, repository } = change.scene;
  // What other stories left in the queue would be part of this group.
  repository.queue.length = 0;
  await simulator.admin.enqueue(repository, change.number(), reviewerOf(change));
  await simulator.idle();
  change.scene.pass(300);
});

/** The group as it lies on its branch now. */
async function groupOf({ scene, number }: Change): Promise<MergeTarget> {
  const group = (await scene.outside.changes.listQueueGroups()).find(({ pullRequest }) => pullRequest === number());
  if (group === undefined) throw new Error(`#${number()} has no group in the queue`);
  return { pullRequest: group.pullRequest, group: group.group };
}

const groupAllowed: Step = { asks: 'may the group merge?', about: groupOf, expect: { outcome: 'allow' } };
const groupRefused = (rule: string, reason: string): Step => ({ asks: 'may the group merge?', about: groupOf, expect: { outcome: 'deny', rule, reason } });

/** The merge queue: attacks between the head and what lands. */
export const queueStories: readonly Story[] = [
  { id: 'T12.1', name: 'The tests pass on the head and fail on the queue’s group.', steps: [opens({ 'fails-on-merge_group': '' }), approves, allowed, isQueued, groupRefused('tests', 'test-failed')] },
  {
    id: 'T18.1',
    name: 'Ben puts a commit of his own onto the group’s branch.',
    steps: [
      opens({}),
      approves,
      isQueued,
      groupAllowed,
      does('Ben commits onto it; the tests pass there too', async (change) => {
        const { simulator, repository } = change.scene;
        const group = repository.queue[0];
        if (group === undefined) throw new Error('the queue is empty');
        const evil = await change.commit({ 'src/evil.txt': 'evil\n' }, { parents: [group.headSha], by: 'ben' });
        await simulator.admin.moveBranch(repository, reviewerOf(change), group.headRef.replace('refs/heads/', ''), evil);
        await simulator.idle();
        change.scene.pass(300);
      }),
      groupRefused('queue-group', 'group-differs'),
    ],
  },
];
