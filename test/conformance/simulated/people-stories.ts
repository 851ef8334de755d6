import type { User } from '@sallyport/simulator';
import { allowed, does, refused } from './story.ts';
import type { Story } from './story.ts';
import type { Change } from './change.ts';

const opens = does('Ana opens a pull request; its tests pass', (change) => change.open({ [`src/${change.branch}.txt`]: 'mine\n' }));
const approves = does('Ben approves', (change) => change.review('ben', 'APPROVE'));
const contributed = refused('wait', 'review', 'approvals-missing', 'reviewer-contributed');

/** Another account that may write, for what must not happen to the people of the other stories. */
function newAccount({ scene: { simulator, repository }, branch }: Change, name: string, bot = false): User {
  const user = simulator.admin.createUser(bot ? `${name}-${branch}[bot]` : `${name}-${branch}`, { bot });
  simulator.admin.setRole(repository, user, 'write');
  return user;
}

function approveAs({ scene, number }: Change, user: User): void {
  scene.simulator.admin.addReviews(scene.repository, number(), [{ user, state: 'APPROVED' }]);
  scene.pass(300);
}

const diaApproves = does('Dia approves', async (change) => {
  approveAs(change, newAccount(change, 'dia'));
});

const reviewsOf = ({ scene, number }: Change) => scene.repository.pulls.get(number())?.reviews ?? [];

/** Who gave the latest review. */
function reviewerOf(change: Change): User {
  const user = reviewsOf(change).at(-1)?.user;
  if (user === undefined) throw new Error(`#${change.number()} has no review`);
  return user;
}

/** The agent adds a commit to the branch. */
async function letWork({ scene, branch }: Change, agent: User): Promise<void> {
  await scene.simulator.admin.growBranch(scene.repository, { branch, from: branch, author: agent, commits: 1 });
  await scene.simulator.idle();
  scene.pass(300);
}

/** A commit on the head whose author line names whoever has this address. */
async function commitOf(change: Change, email: string): Promise<string> {
  const made = await change.commit({ [`src/${change.branch}-more.txt`]: 'more\n' }, { parents: [change.head()] });
  const { tree } = (await change.scene.call('ana', `GET /git/commits/${made}`)) as { readonly tree: { readonly sha: string } };
  const { sha } = (await change.scene.call('ana', 'POST /git/commits', { message: 'More', tree: tree.sha, parents: [change.head()], author: { name: 'Somebody', email } })) as { readonly sha: string };
  return sha;
}

/** Who reviewed: attacks with accounts. */
export const peopleStories: readonly Story[] = [
  {
    id: 'M02',
    name: 'A bot with write permission approves.',
    steps: [
      opens,
      does('The bot approves', async (change) => {
        approveAs(change, newAccount(change, 'approver', true));
      }),
      refused('wait', 'review', 'approvals-missing', 'reviewer-not-a-person'),
      approves,
      allowed,
    ],
  },
  {
    id: 'M03.1',
    name: 'Ben assigns a coding agent, it adds a commit, and Ben approves.',
    steps: [
      opens,
      does('Ben assigns the agent, which adds a commit', async (change) => {
        const agent = newAccount(change, 'agent', true);
        await change.scene.call('ben', `POST /issues/${change.number()}/assignees`, { assignees: [agent.login] });
        await letWork(change, agent);
      }),
      approves,
      contributed,
      does('Cho approves', (change) => change.review('cho', 'APPROVE')),
      allowed,
    ],
  },
  {
    id: 'M03.2',
    name: 'Ben calls the agent in a comment, it adds a commit, and Ben approves.',
    steps: [
      opens,
      does('Ben calls the agent, which adds a commit', async (change) => {
        const agent = newAccount(change, 'agent', true);
        await change.scene.call('ben', `POST /issues/${change.number()}/comments`, { body: `@${agent.login.replace('[bot]', '')} finish this` });
        await letWork(change, agent);
      }),
      approves,
      contributed,
      does('Cho approves', (change) => change.review('cho', 'APPROVE')),
      allowed,
    ],
  },
  {
    id: 'M03.3',
    name: 'An agent adds a commit, and nobody is known who set it to work.',
    steps: [opens, approves, allowed, does('The agent adds a commit', (change) => letWork(change, newAccount(change, 'agent', true))), approves, refused('unknown', 'contributors-known', 'machine-unexplained')],
  },
  {
    id: 'M04',
    name: 'A commit names Ben as co-author, and Ben approves.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ana pushes a commit with Ben as co-author', async (change) => {
        const { id, login } = reviewerOf(change);
        const message = `Apply the suggestion\n\nCo-authored-by: ${login} <${id}+${login}@users.noreply.github.com>`;
        await change.push(await change.commit({ 'src/suggested.txt': change.branch }, { parents: [change.head()], message }));
      }),
      approves,
      contributed,
    ],
  },
  {
    id: 'M05',
    name: 'Ben pushes a commit of Ana’s, then approves.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ben pushes what Ana committed', async (change) => change.push(await change.commit({ 'src/pushed.txt': change.branch }, { parents: [change.head()] }), { by: 'ben' })),
      approves,
      contributed,
    ],
  },
  {
    id: 'M06',
    name: 'Ana squashes Ben’s commit into one of hers, and Ben approves.',
    steps: [
      opens,
      approves,
      allowed,
      does('Ben pushes a commit, and Ana forces one of her own with the same content', async (change) => {
        await change.push(await change.commit({ 'src/squashed.txt': change.branch }, { parents: [change.head()], by: 'ben' }), { by: 'ben' });
        const both = { [`src/${change.branch}.txt`]: 'mine\n', 'src/squashed.txt': change.branch };
        await change.push(await change.commit(both, { parents: [await change.tipOf('main')] }), { force: true });
      }),
      approves,
      contributed,
    ],
  },
  {
    id: 'M07',
    name: 'Ana pushes a commit whose author’s address belongs to no account.',
    steps: [opens, approves, allowed, does('Ana pushes it', async (change) => change.push(await commitOf(change, 'nobody@example.com'))), approves, refused('unknown', 'contributors-known', 'contributor-unknown')],
  },
  {
    id: 'M10',
    name: 'Dia may only read by the time it is decided.',
    steps: [
      opens,
      diaApproves,
      allowed,
      does('Dia is left with read', async (change) => {
        change.scene.simulator.admin.setRole(change.scene.repository, reviewerOf(change), 'read');
      }),
      refused('wait', 'review', 'approvals-missing', 'reviewer-not-permitted'),
    ],
  },
  {
    id: 'M11.1',
    name: 'Dia loses access after her approval.',
    steps: [
      opens,
      diaApproves,
      allowed,
      does('Dia loses her role', async (change) => {
        change.scene.simulator.admin.removeRole(change.scene.repository, reviewerOf(change));
      }),
      refused('wait', 'review', 'approvals-missing', 'reviewer-not-permitted'),
    ],
  },
  {
    id: 'M11.2',
    name: 'Dia’s account is deleted after her approval.',
    steps: [
      opens,
      diaApproves,
      allowed,
      does('The account is deleted', async (change) => {
        change.scene.simulator.admin.deleteUser(reviewerOf(change));
      }),
      refused('wait', 'review', 'approvals-missing', 'reviewer-unknown'),
    ],
  },
  {
    id: 'M12',
    name: 'Dia leaves, and somebody who may write takes over her login.',
    steps: [
      opens,
      diaApproves,
      allowed,
      does('Dia loses her role and her login, which somebody else takes', async (change) => {
        const { simulator, repository } = change.scene;
        const dia = reviewerOf(change);
        simulator.admin.removeRole(repository, dia);
        simulator.admin.renameUser(dia, `${dia.login}-was`);
        newAccount(change, 'dia');
      }),
      refused('wait', 'review', 'approvals-missing', 'reviewer-not-permitted'),
    ],
  },
];
