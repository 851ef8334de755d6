import { allowed, does, refused } from './story.ts';
import type { Story } from './story.ts';
import type { Change, Files } from './change.ts';
import { listEverything } from '../../../packages/actions/merge-gate/src/list-targets.ts';

const ci = '.github/workflows/ci.yml';
const opens = does('Ana opens a pull request; its tests pass', (change) => change.open({ [`src/${change.branch}.txt`]: 'mine\n' }));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));
const bring = async (change: Change, files: Files) => change.push(await change.commit(files, { parents: [change.head()] }));
const runsOf = ({ scene, head }: Change) => scene.repository.runs.filter(({ headSha, workflow }) => headSha === head() && workflow === ci);

/** Tests: attacks on workflows and runs, carried out with real jobs. */
export const testStories: readonly Story[] = [
  {
    id: 'T02',
    name: 'Ana edits the workflow that tests her change; the check keeps its name and App.',
    steps: [opens, approves, allowed, does('Ana makes the workflow print “passed”', (change) => bring(change, { [ci]: 'on: pull_request\njobs:\n  unit:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo passed\n' })), approves, refused('deny', 'tests', 'workflow-changed')],
  },
  {
    id: 'T04',
    name: 'Two jobs are named unit, and the second one fails.',
    steps: [opens, approves, allowed, does('Ana breaks what the second job tests', (change) => bring(change, { 'fails-in-second-job': '' })), approves, refused('deny', 'tests', 'test-failed')],
  },
  {
    id: 'T05',
    name: 'The test fails on the pull request and passes when Ana starts it by hand.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana breaks the test on pull requests and starts the workflow by hand', async (change) => {
        await bring(change, { 'fails-on-pull_request': '' });
        await change.scene.call('ana', 'POST /actions/workflows/ci.yml/dispatches', { ref: change.branch });
        await change.scene.simulator.idle();
      }),
      approves,
      refused('deny', 'tests', 'test-failed', 'check-other-event'),
    ],
  },
  {
    id: 'T09.1',
    name: 'A re-run failed, and the success of the first attempt is still listed.',
    steps: [
      does('Ana opens a pull request whose test passes only once', (change) => change.open({ 'fails-in-attempt-2': '' })),
      approves,
      allowed,
      does('Cho runs it again', async (change) => {
        for (const { id } of runsOf(change)) await change.scene.call('cho', `POST /actions/runs/${id}/rerun`);
        await change.scene.simulator.idle();
      }),
      refused('deny', 'tests', 'test-failed'),
    ],
  },
  {
    id: 'T09.2',
    name: 'A re-run is under way, and the success of the first attempt is still listed.',
    steps: [
      opens,
      approves,
      allowed,
      does('GitHub begins a second attempt', async (change) => {
        for (const run of runsOf(change)) Object.assign(run, { attempt: 2, status: 'in_progress', conclusion: null });
      }),
      refused('wait', 'tests', 'test-running'),
    ],
  },
  {
    id: 'T11',
    name: 'Ana opens a second pull request from another branch with the same head.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana opens the second one', async (change) => {
        await change.scene.call('ana', 'POST /git/refs', { ref: `refs/heads/${change.branch}-too`, sha: change.head() });
        await change.scene.call('ana', 'POST /pulls', { title: 'The same', head: `${change.branch}-too`, base: 'main' });
        await change.scene.simulator.idle();
      }),
      refused('deny', 'head-unshared', 'head-shared'),
    ],
  },
  {
    id: 'T13',
    name: 'Ana adds so many files that GitHub’s list of 3,000 ends before the sensitive one.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana adds 3,000 files, and after them in the order of the list a code owners file', async (change) => {
        const blob = await change.newBlob('');
        const many = Array.from({ length: 3000 }, (_, index) => [`a/${String(index).padStart(4, '0')}`, { blob }] as const);
        await bring(change, { ...Object.fromEntries(many), 'docs/CODEOWNERS': '* @ana\n' });
      }),
      approves,
      refused('wait', 'sensitive', 'sensitive-approvals-missing'),
    ],
  },
  {
    id: 'T19',
    name: 'The events of a dismissal are lost; the next tick asks about everything that is open.',
    steps: [
      opens,
      approves,
      allowed,
      does('Cho dismisses the approval, and nobody hears of it', async (change) => {
        const review = change.scene.repository.pulls.get(change.number())?.reviews[0];
        await change.scene.call('cho', `PUT /pulls/${change.number()}/reviews/${review?.id ?? 0}/dismissals`, { message: 'Not yet', event: 'DISMISS' });
      }),
      does('The tick comes, and finds the pull request among what is open', async (change) => {
        const everything = await listEverything(change.scene.outside.changes, ['main']);
        if (!everything.some(({ target }) => target.pullRequest === change.number())) throw new Error('it is not among what is open');
      }),
      refused('wait', 'review', 'approvals-missing', 'not-an-approval'),
    ],
  },
];
