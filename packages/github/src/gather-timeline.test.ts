import type { InstigationFact, MergeFacts } from '@sallyport/gates';
import type { User } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
let agent: User;
let bystander: User;
beforeAll(async () => {
  scene = await startMergeScene();
  agent = scene.simulator.admin.createUser('helper[bot]', { bot: true });
  bystander = scene.simulator.admin.createUser('other[bot]', { bot: true });
  for (const machine of [agent, bystander]) scene.simulator.admin.setRole(scene.repository, machine, 'write');
});
afterAll(() => scene.stop());

/** A pull request by ada whose one commit and push are the machine's. */
async function openByMachine(branch: string): Promise<number> {
  await scene.simulator.admin.growBranch(scene.repository, { branch, author: agent, commits: 1 });
  return scene.open(branch);
}

const shortly = ({ instigations }: MergeFacts): readonly unknown[] => instigations.items.map(({ machine, person, how }: InstigationFact) => [how, machine?.login ?? null, 'known' in person ? person.known.login : 'nobody known']);

describe('who set a machine to work (M03)', () => {
  it.each<[string, (number: number) => Promise<unknown> | void, readonly unknown[]]>([
    ['is nobody where nothing was said', () => undefined, []],
    ['is who assigned it', (number) => scene.call(scene.tokens.ben, 'POST', `/issues/${number}/assignees`, { assignees: ['helper[bot]'] }), [['assigned', 'helper[bot]', 'ben']]],
    ['is who called it in a comment', (number) => scene.call(scene.tokens.cleo, 'POST', `/issues/${number}/comments`, { body: 'Please mend this, @helper.' }), [['mentioned', 'helper[bot]', 'cleo']]],
    ['is who called it in a review', (number) => scene.call(scene.tokens.cleo, 'POST', `/pulls/${number}/reviews`, { event: 'COMMENT', body: '@Helper do it otherwise' }), [['mentioned', 'helper[bot]', 'cleo']]],
    ['is who called it on a line', (number) => void scene.simulator.admin.addRemark(scene.repository, number, { user: scene.people.ben, body: '@helper not so', path: 'src/a.txt' }), [['mentioned', 'helper[bot]', 'ben']]],
    ['is on whose word a session began, whichever machine it is', (number) => { scene.simulator.admin.startCopilotWork(scene.repository, number, scene.people.ben); }, [['started', null, 'ben']]],
    ['is not the machine itself', (number) => { scene.simulator.admin.startCopilotWork(scene.repository, number, agent); }, []],
    ['is who asked it for a review', (number) => { scene.simulator.admin.addTimelineEvent(scene.repository, number, 'review_requested', scene.people.cleo, { requested_reviewer: agent, review_requester: scene.people.cleo }); }, [['requested', 'helper[bot]', 'cleo']]],
    ['is another machine that assigned it, and who called that one', async (number) => {
      scene.simulator.admin.addTimelineEvent(scene.repository, number, 'assigned', bystander, { assignee: agent, assigner: bystander });
      await scene.call(scene.tokens.cleo, 'POST', `/issues/${number}/comments`, { body: 'Have this done, @other.' });
    }, [['assigned', 'helper[bot]', 'other[bot]'], ['mentioned', 'other[bot]', 'cleo']]],
    ['is nobody who called another machine, or wrote an address', (number) => scene.call(scene.tokens.ben, 'POST', `/issues/${number}/comments`, { body: 'as @other said to mail@helper' }), []],
    ['is nobody who assigned a person', (number) => scene.call(scene.tokens.ben, 'POST', `/issues/${number}/assignees`, { assignees: ['cleo'] }), []],
  ])('%s', async (name, happen, expected) => {
    const number = await openByMachine(`m${name.replace(/\W+/g, '-')}`);
    await happen(number);
    const facts = await scene.gather(number);
    expect(facts.commits.items).toMatchObject([{ author: { known: { id: agent.id, kind: 'bot' } } }]);
    expect(facts.instigations.complete).toBe(true);
    expect(shortly(facts)).toEqual(expected);
  });
});

describe('a review', () => {
  it('of an account that no longer exists is of nobody known', async () => {
    const { admin } = scene.simulator;
    const dora = admin.createUser('dora');
    admin.setRole(scene.repository, dora, 'write');
    const number = await openByMachine('lost');
    admin.addReviews(scene.repository, number, [{ user: dora, state: 'APPROVED' }]);
    admin.deleteUser(dora);
    const { reviews, reviewers } = await scene.gather(number);
    expect(reviews).toMatchObject({ complete: true, items: [{ state: 'approved', reviewer: { unknown: 'the account that reviewed no longer exists' } }] });
    expect(reviewers).toEqual([]);
  });

  it('that was dismissed twice over is told with who did it last and what it said', async () => {
    const number = await openByMachine('dismissed');
    const [objection] = scene.simulator.admin.addReviews(scene.repository, number, [{ user: scene.people.ben, state: 'CHANGES_REQUESTED' }]);
    await scene.call(scene.tokens.cleo, 'PUT', `/pulls/${number}/reviews/${objection?.id ?? 0}/dismissals`, { message: 'Settled' });
    const { reviews, reviewers } = await scene.gather(number);
    expect(reviews.items).toMatchObject([{ state: 'dismissed', dismissedState: 'changes-requested', dismissedBy: { known: { login: 'cleo' } }, reviewer: { known: { login: 'ben' } } }]);
    expect(reviewers.map(({ person }) => person.login).sort()).toEqual(['ben', 'cleo']);
  });

  it('keeps the commit that GitHub moved it to, beside the head of its time', async () => {
    const number = await openByMachine('moved');
    const first = await scene.tipOf('moved');
    const [approval] = scene.simulator.admin.addReviews(scene.repository, number, [{ user: scene.people.ben, state: 'APPROVED' }]);
    scene.pass(100);
    const second = await scene.commitOn([await scene.tipOf('main')], [{ path: 'moved.txt', content: 'm\n' }]);
    await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/moved', { sha: second, force: true });
    scene.simulator.admin.reanchorReview(scene.repository, number, approval?.id ?? 0);
    const { reviews, pushes } = await scene.gather(number);
    expect(reviews.items).toMatchObject([{ commitId: second }]);
    expect(pushes.items.map(({ after }) => after)).toEqual([first, second]);
    expect(pushes.items[0]?.pushedAt).toBeLessThan(reviews.items[0]?.submittedAt ?? 0);
    expect(pushes.items[1]?.pushedAt).toBeGreaterThan(reviews.items[0]?.submittedAt ?? 0);
  });
});
