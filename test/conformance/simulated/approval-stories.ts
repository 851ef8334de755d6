import { allowed, does, refused } from './story.ts';
import type { Story } from './story.ts';
import type { Change } from './change.ts';

const mine = (change: Change, content = 'mine\n') => ({ [`src/${change.branch}.txt`]: content });
const opens = does('Ana opens a pull request; its tests pass', (change) => change.open(mine(change)));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));
const notForHead = refused('wait', 'review', 'approvals-missing', 'approval-not-for-head');
const more = (change: Change, by: 'ana' | 'ben' = 'ana') => change.commit({ [`src/${change.branch}-more.txt`]: 'more\n' }, { parents: [change.head()], by });

/** What was approved: attacks on the push history, carried out with git. */
export const approvalStories: readonly Story[] = [
  {
    id: 'A01',
    name: 'Ana pushes another commit after the approval.',
    steps: [opens, approves, allowed, does('Ana pushes another commit', async (change) => change.push(await more(change))), notForHead],
  },
  {
    id: 'A02',
    name: 'Ana pushes seconds before Ben sends his approval of the head he was shown.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana pushes, and Ben’s page still shows the head before when he approves', async (change) => {
        const shown = change.head();
        await change.push(await more(change));
        await change.review('ben', 'APPROVE', { shown });
      }),
      refused('wait', 'review', 'approvals-missing', 'approval-head-not-shown'),
    ],
  },
  {
    id: 'A03',
    name: 'Ana forces the branch, and GitHub ties Ben’s review to the new head.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana forces another commit onto the branch', async (change) => change.push(await change.commit(mine(change, 'evil\n'), { parents: [await change.tipOf('main')] }), { force: true })),
      does('GitHub ties the review to it', async (change) => {
        const reviews = change.scene.repository.pulls.get(change.number())?.reviews ?? [];
        for (const review of reviews) review.commitId = change.head();
      }),
      notForHead,
    ],
  },
  {
    id: 'A04',
    name: 'Ana forces an innocent head in, has it approved, and forces the first one back.',
    steps: [
      opens,
      does('Ana forces an innocent head, has it approved and forces the first one back', async (change) => {
        const evil = change.head();
        await change.push(await change.commit(mine(change, 'innocent\n'), { parents: [await change.tipOf('main')] }), { force: true });
        await change.review('ben', 'APPROVE');
        await change.push(evil, { force: true });
      }),
      notForHead,
      approves,
      allowed,
    ],
  },
  {
    id: 'A05',
    name: 'Ana pushes, after the approval, a commit that she made long before it.',
    steps: [
      opens,
      does('Ana makes a commit and keeps it to herself for a month; Ben approves; she pushes it', async (change) => {
        const old = await more(change);
        change.scene.pass(30 * 86_400);
        await change.review('ben', 'APPROVE');
        await change.push(old);
      }),
      notForHead,
      approves,
      allowed,
    ],
  },
  {
    id: 'A06',
    name: 'Ana’s merge of main carries a change of her own.',
    steps: [
      opens,
      approves,
      does('Main moves, and GitHub updates the branch', async (change) => {
        await change.advanceMain();
        const from = change.head();
        await change.scene.call('ana', `PUT /pulls/${change.number()}/update-branch`, { expected_head_sha: from });
        await change.scene.simulator.idle();
        change.scene.pass(300);
      }),
      { asks: 'does the approval still hold?', expect: { outcome: 'allow', rule: 'review', reason: 'ok', judged: 'approval-carried' } },
      does('Main moves again, and Ana merges it with a file of her own', async (change) => {
        const [main, head] = [await change.advanceMain(), await change.tipOf(change.branch)];
        const merge = await change.commit({ [`src/${change.branch}-elsewhere.txt`]: 'main moves\n', 'src/evil.txt': 'evil\n' }, { parents: [head, main] });
        await change.push(merge);
      }),
      notForHead,
    ],
  },
  {
    id: 'A07',
    name: 'A merge brings a commit of Ben’s by its second parent, and Ben approves.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana merges a side branch of Ben’s', async (change) => {
        const side = await change.commit({ 'src/side.txt': 'side\n' }, { parents: [await change.tipOf('main')], by: 'ben' });
        await change.push(await change.commit({ 'src/side.txt': 'side\n' }, { parents: [change.head(), side] }));
      }),
      approves,
      refused('wait', 'review', 'approvals-missing', 'reviewer-contributed'),
    ],
  },
  {
    id: 'A08',
    name: 'Ana points the pull request at another base after the approval, and back.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana points it at release, and back at main', async (change) => {
        await change.scene.call('ana', 'POST /git/refs', { ref: `refs/heads/release-${change.branch}`, sha: await change.tipOf('main') });
        for (const base of [`release-${change.branch}`, 'main']) {
          await change.scene.call('ana', `PATCH /pulls/${change.number()}`, { base });
          change.scene.pass(60);
        }
        await change.scene.simulator.idle();
      }),
      refused('wait', 'review', 'approvals-missing', 'approval-before-base-move'),
    ],
  },
  {
    id: 'A15',
    name: 'Ana rebases cleanly, and the approval holds.',
    steps: [
      opens,
      approves,
      does('Main moves, and Ana rebases', async (change) => change.push(await change.commit(mine(change), { parents: [await change.advanceMain()] }), { force: true })),
      { asks: 'does the approval still hold?', expect: { outcome: 'allow', rule: 'review', reason: 'ok', judged: 'approval-carried' } },
    ],
  },
];
