import { allowed, does, refused } from './story.ts';
import type { Story } from './story.ts';
import type { Change } from './change.ts';

const opens = does('Ana opens a pull request; its tests pass', (change) => change.open({ [`src/${change.branch}.txt`]: 'mine\n' }));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));
const alsoApproves = does('Cho approves as well', (change) => change.review('cho', 'APPROVE'));
const needsOneMore = refused('wait', 'sensitive', 'sensitive-approvals-missing');

/** Pushes a commit with one entry that is no ordinary file. */
async function bringEntry(change: Change, entry: { readonly path: string; readonly mode: string; readonly type: string } & ({ readonly content: string } | { readonly sha: string })): Promise<void> {
  const head = change.head();
  const { sha: tree } = (await change.scene.call('ana', 'POST /git/trees', { base_tree: head, tree: [entry] })) as { readonly sha: string };
  const { sha } = (await change.scene.call('ana', 'POST /git/commits', { message: 'Change', tree, parents: [head] })) as { readonly sha: string };
  await change.push(sha);
}

/** What the change holds, and what is posted about it: attacks with files and checks. */
export const contentStories: readonly Story[] = [
  {
    id: 'T01',
    name: 'The test fails, and a workflow posts a green check of its name with the built-in token.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana breaks the test', async (change) => change.push(await change.commit({ 'fails-on-pull_request': '' }, { parents: [change.head()] }))),
      approves,
      does('A workflow posts the check', async (change) => {
        change.scene.simulator.admin.addChecks(change.scene.repository, [{ name: 'unit', headSha: change.head(), conclusion: 'success' }]);
        change.scene.pass(60);
      }),
      refused('deny', 'tests', 'test-failed', 'check-not-a-job'),
    ],
  },
  {
    id: 'T14',
    name: 'Ana edits the policy so that nobody needs to approve.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana edits the policy', async (change) => change.push(await change.commit({ '.github/sallyport.yml': 'version: 1\nrepository: acme/shop\nmerge:\n  tests: []\n' }, { parents: [change.head()] }))),
      approves,
      needsOneMore,
      alsoApproves,
      allowed,
    ],
  },
  {
    id: 'T15.1',
    name: 'Ana adds a symlink that leads to the workflows.',
    steps: [opens, approves, allowed, does('Ana adds the link', (change) => bringEntry(change, { path: 'src/link', mode: '120000', type: 'blob', content: '../.github/workflows' })), approves, needsOneMore, alsoApproves, allowed],
  },
  {
    id: 'T15.2',
    name: 'Ana adds a submodule.',
    steps: [opens, approves, allowed, does('Ana adds the submodule', (change) => bringEntry(change, { path: 'vendor/pay', mode: '160000', type: 'commit', sha: '5b'.repeat(20) })), approves, needsOneMore, alsoApproves, allowed],
  },
  {
    id: 'T15.3',
    name: 'Ana renames the policy to an ordinary path.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana moves the policy', async (change) => {
        const { content } = (await change.scene.call('ana', 'GET /contents/.github/sallyport.yml')) as { readonly content: string };
        const text = Buffer.from(content, 'base64').toString('utf8');
        await change.push(await change.commit({ '.github/sallyport.yml': null, 'docs/old-policy.yml': text }, { parents: [change.head()] }));
      }),
      approves,
      needsOneMore,
      alsoApproves,
      allowed,
    ],
  },
];
