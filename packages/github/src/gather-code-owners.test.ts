import type { CodeOwnersFact } from '@sallyport/gates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ci, plainPolicy, policyOf, startMergeScene } from './merge-scene.fixture.ts';
import type { Entry, MergeScene } from './merge-scene.fixture.ts';

const required = policyOf(`  tests:\n    - { check: unit, workflow: ${ci} }\n  review:\n    code-owners: required\n`);

let scene: MergeScene;
let number: number;
beforeAll(async () => {
  scene = await startMergeScene();
  number = await scene.openPull('owned', await scene.commitOn([await scene.tipOf('main')], [{ path: '.github/CODEOWNERS', content: '* @mallory\n' }, { path: 'b.txt', content: 'b\n' }]));
  scene.simulator.admin.addReviews(scene.repository, number, [{ user: scene.people.ben, state: 'APPROVED' }]);
});
afterAll(() => scene.stop());

async function onMain(...entries: readonly Entry[]): Promise<void> {
  await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/main', { sha: await scene.commitOn([await scene.tipOf('main')], entries) });
}

async function owners(): Promise<CodeOwnersFact | null> {
  const { codeOwners } = await scene.gather(number, required);
  if ('unknown' in codeOwners) throw new Error(codeOwners.unknown);
  return codeOwners.known;
}

describe('the code owners file', () => {
  it('is not read where the policy does not require it', async () => {
    expect((await scene.gather(number, plainPolicy)).codeOwners).toHaveProperty('unknown');
  });

  it('is the base’s, whatever the change brings, in GitHub’s order of places', async () => {
    expect(await owners()).toBeNull();
    await onMain({ path: 'docs/CODEOWNERS', content: 'docs @ben\n' });
    expect(await owners()).toMatchObject({ path: 'docs/CODEOWNERS' });
    await onMain({ path: 'CODEOWNERS', content: 'root @ben\n' });
    expect(await owners()).toMatchObject({ path: 'CODEOWNERS', text: 'root @ben\n' });
    await onMain({ path: '.github/CODEOWNERS', content: '* @ben\n' });
    expect(await owners()).toMatchObject({ path: '.github/CODEOWNERS', text: '* @ben\n' });
  });

  it('has its accounts and teams looked up, and its addresses left out', async () => {
    const dora = scene.simulator.admin.createUser('dora');
    await onMain({ path: '.github/CODEOWNERS', content: '# @nobody here\n*  @Ben @dora @gone someone@secret.example\n/infra @acme/platform @Acme/Platform @ben # @comment\n' });
    const { codeOwners, reviewers } = await scene.gather(number, required);
    expect(codeOwners).toMatchObject({
      known: {
        accounts: [
          { login: 'ben', person: { known: { id: scene.people.ben.id } } },
          { login: 'dora', person: { known: { id: dora.id } } },
          { login: 'gone', person: { known: null } },
        ],
      },
    });
    expect(JSON.stringify(codeOwners)).not.toContain('secret.example');
    expect(reviewers).toMatchObject([{ person: { login: 'ben' }, teams: [{ team: 'acme/platform', membership: { known: 'active' } }] }]);
  });

  it('names more strangers than are looked up, and says which are not known', async () => {
    await onMain({ path: '.github/CODEOWNERS', content: `* ${Array.from({ length: 21 }, (_, index) => `@stranger${index}`).join(' ')}\n` });
    const people = (await owners())?.accounts.map(({ person }) => person) ?? [];
    expect(people.slice(0, 20).every((person) => 'known' in person && person.known === null)).toBe(true);
    expect(people[20]).toEqual({ unknown: expect.stringContaining('only 20 are') as string });
  });

  it('is unknown where a folder has its name', async () => {
    await onMain({ path: '.github/CODEOWNERS', sha: null });
    await onMain({ path: '.github/CODEOWNERS/one', content: '* @ben\n' });
    const { codeOwners } = await scene.gather(number, required);
    expect(codeOwners).toHaveProperty('unknown');
  });
});
