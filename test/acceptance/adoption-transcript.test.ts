import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declineOnWednesday } from '../../packages/cli/src/demo/acts/closed-window.ts';
import { openPullRequest, reviewAndMerge } from '../../packages/cli/src/demo/acts/pull-request.ts';
import { overrideOnThursday } from '../../packages/cli/src/demo/acts/security-fix.ts';
import { mergeAndStage } from '../../packages/cli/src/demo/acts/staging.ts';
import { tamperWithACopy } from '../../packages/cli/src/demo/acts/tampering.ts';
import { releaseOnSaturday } from '../../packages/cli/src/demo/acts/window.ts';
import { keepDeployAccess } from '../../packages/cli/src/demo/furnish.ts';
import { pacific } from '../../packages/cli/src/demo/pacific.ts';
import { playBrowser } from '../../packages/cli/src/testing/play-browser.ts';
import { beginPage } from './adoption/page.ts';
import { openAdoption } from './adoption/scene.ts';
import type { Adoption } from './adoption/scene.ts';
import type { Said } from './adoption/terminal.ts';
import { words } from './adoption/words.ts';

let adoption: Adoption;
const page = beginPage();
/** Obviously made up. */
const commit = '1'.repeat(40);
/** For a machine that is busy with other things; each takes less than half a minute on one that is not. */
const patience = 300_000;

beforeAll(async () => {
  adoption = await openAdoption();
}, patience);
afterAll(() => adoption.stop());

/** Types a line in the clone, and expects it to end with this status. */
async function type(line: string, status = 0, hear?: (text: string) => void): Promise<Said> {
  const said = await adoption.clone.type(line, hear);
  expect(said.status, said.text).toBe(status);
  return said;
}

/** What has been told since is on the page, and every expectation in it held. */
function expectTold(): void {
  const told = adoption.told();
  page.tell(told);
  expect(told).toContain(' ✓ ');
  expect(adoption.scene.narrator.lines().filter((one) => one.kind === 'expectation' && !one.held)).toEqual([]);
}

describe('a repository with tests adopts Sallyport from the packed command', () => {
  it('is cloned, with nothing of Sallyport in it', async () => {
    page.write(words.title);
    page.write(words.before);
    const said = await adoption.above.type(`git clone --quiet ${adoption.cloneUrl} shop && cd shop && git ls-files`);
    expect(said.status, said.text).toBe(0);
    page.show(said);
    page.show(await type('cat package.json .github/workflows/ci.yml'));
  });

  it('is given policy and workflows by init', async () => {
    page.write(words.init);
    page.show(await type('npm install --no-save --silent ../sallyport.tgz'));
    page.show(await type(`npx sallyport init --yes --security-leads acme/security-leads --no-provenance --deploy 'node deploy/deploy.mjs "$ARCHIVE" "$VERSION" "$ENVIRONMENT"' --pin ${commit}`));
    page.show(await type('npx sallyport policy check && npx sallyport window next'));
  }, patience);

  it('gets its App with a browser, and is pushed', async () => {
    page.write(words.app);
    const visits: Promise<unknown>[] = [];
    const follow = (text: string): void => {
      const address = /http:\/\/127\.0\.0\.1:\d+\/(?=\s)/.exec(text)?.[0];
      if (address !== undefined && visits.length === 0) visits.push(playBrowser(address, { token: adoption.scene.people.olga.token, repository: 'acme/shop' }));
    };
    const said = await type('npx sallyport setup app', 0, follow);
    await Promise.all(visits);
    expect(said.text).not.toContain('PRIVATE KEY');
    page.show(said);
    page.write(words.push);
    page.show(await type("git add --all && git commit --quiet --message 'Adopt Sallyport' && git push --quiet"));
    await adoption.scene.simulator.idle();
  }, patience);

  it('gets its lock by setup plan and setup apply', async () => {
    page.write(words.lock);
    page.show(await type('npx sallyport setup plan --app sallyport-shop', 4));
    page.show(await type('npx sallyport setup apply --app sallyport-shop --yes'), '✓ environment staging');
  }, patience);

  it('is found to be locked by doctor, with nothing weak', async () => {
    keepDeployAccess(adoption.scene, adoption.repository);
    page.write(words.doctor);
    const said = await type('npx sallyport doctor --app sallyport-shop');
    expect(said.text).toContain('acme/shop: locked, gatekeeper sallyport-shop');
    expect(said.text).toContain('✓ Nothing found.');
    page.show(said);
    page.write(words.adopted);
    page.show(await type('npx sallyport status'));
  }, patience);
});

describe('the story of npm start holds in it', () => {
  let change: Awaited<ReturnType<typeof openPullRequest>>;
  let version = '';

  it('a pull request waits for tests and a second person', async () => {
    page.write(words.story);
    adoption.scene.simulator.clock.set(pacific('monday', '09:30'));
    change = await openPullRequest(adoption.scene);
    expectTold();
    page.write(words.gate);
    page.show(await type(`npx sallyport gate merge ${change.number}`, 4));
  }, patience);

  it('only a second person’s approval of the head counts', async () => {
    await reviewAndMerge(adoption.scene, change);
    page.write(words.review);
    expectTold();
  }, patience);

  it('the merge is built and staged', async () => {
    version = await mergeAndStage(adoption.scene, change.number);
    page.write(words.staging);
    expectTold();
    page.show(await type('npx sallyport status'));
  }, patience);

  it('production is closed on Wednesday', async () => {
    await declineOnWednesday(adoption.scene, version);
    page.write(words.closed);
    expectTold();
  }, patience);

  it('a security fix goes out on Thursday, once', async () => {
    await overrideOnThursday(adoption.scene);
    page.write(words.override);
    expectTold();
  }, patience);

  it('the release goes out on Saturday', async () => {
    await releaseOnSaturday(adoption.scene);
    page.write(words.window);
    expectTold();
    page.show(await type('npx sallyport status'));
  }, patience);

  it('the record is intact, and says what came around the gate', async () => {
    page.write(words.record);
    page.show(await type('npx sallyport ledger verify'));
    page.show(await type('npx sallyport audit main --since "$(git rev-list --max-parents=0 HEAD)"', 1));
    page.write(words.since);
    page.show(await type('npx sallyport audit main --since 2026-12-01'));
    page.write(words.tampering);
    await tamperWithACopy(adoption.scene);
    expectTold();
  }, patience);
});

it('the page in docs says what was typed and what it said: `npx vitest run test/acceptance/adoption-transcript.test.ts -u` writes it anew', async () => {
  page.write(words.after);
  await expect(page.text()).toMatchFileSnapshot('../../docs/adoption.md');
  expect(await readFile(join(import.meta.dirname, '../../docs/adoption.md'), 'utf8')).not.toMatch(/gh[ps]_|x-access-token|PRIVATE KEY/);
});
