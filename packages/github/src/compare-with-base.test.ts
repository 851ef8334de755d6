import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { commitAnswer } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import { createGitHubClient } from './client.ts';
import { compareWithBase } from './compare-with-base.ts';
import type { Compared } from './compare-with-base.ts';
import { startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
beforeAll(async () => {
  scene = await startMergeScene();
});
afterAll(() => scene.stop());

type Asked = { readonly compared: Compared; /** Pages of the comparison, together where they were asked for before an answer came. */ readonly rounds: readonly (readonly number[])[] };

/** Compares `head` with `base`; `before` runs when a page is about to be asked for. */
async function compare(base: string, head: string, firstCommits: readonly CommitAnswer[], before: (page: number) => Promise<unknown> = () => Promise.resolve()): Promise<Asked> {
  const rounds: number[][] = [];
  let answered = true;
  const recorded: typeof fetch = async (input, init) => {
    const page = Number(new URL(input instanceof Request ? input.url : input.toString()).searchParams.get('page') ?? 1);
    if (answered) rounds.push([]);
    answered = false;
    rounds.at(-1)?.push(page);
    await before(page);
    const answer = await fetch(input, init);
    answered = true;
    return answer;
  };
  const client = createGitHubClient({ baseUrl: scene.simulator.url, auth: { kind: 'token', token: scene.tokens.ada }, userAgent: 'test', retries: 0, fetch: recorded });
  const compared = await compareWithBase({ client, owner: 'acme', repo: 'shop' }, base, { sha: head, commits: 260, firstCommits })(head);
  if ('unknown' in compared) throw new Error(compared.unknown);
  return { compared: compared.known, rounds: rounds.map((pages) => pages.toSorted((one, other) => one - other)) };
}

const grow = (branch: string, from: string, commits = 260, author = scene.people.ada): Promise<string> => scene.simulator.admin.growBranch(scene.repository, { branch, from, author, commits });
const firstPage = async (pull: number): Promise<readonly CommitAnswer[]> => z.array(commitAnswer).parse(await scene.call(scene.tokens.ada, 'GET', `/pulls/${pull}/commits?per_page=100`));
const shasOf = (commits: readonly CommitAnswer[]): readonly string[] => commits.map(({ sha }) => sha);

/** A branch that others can land on without being in each other's way. */
async function baseAt(branch: string, sha: string): Promise<string> {
  await scene.simulator.admin.moveBranch(scene.repository, scene.people.ada, branch, sha);
  return branch;
}

async function openOn(base: string, head: string): Promise<number> {
  return z.looseObject({ number: z.int() }).parse(await scene.call(scene.tokens.ada, 'POST', '/pulls', { title: head, head, base })).number;
}

/** What the comparison itself says, page by page. */
async function wholeOf(base: string, head: string): Promise<readonly string[]> {
  const { compared, rounds } = await compare(base, head, []);
  expect(rounds).toEqual([[1, 2, 3]]);
  expect(compared.commits.complete).toBe(true);
  return shasOf(compared.commits.items);
}

describe('the first page of a comparison is left out', () => {
  it.each<[string, string, (page: readonly CommitAnswer[]) => readonly CommitAnswer[]]>([
    ['where the pull request lists the same', 'same', (page) => page],
    ['where the pull request lists the same in another order', 'reversed', (page) => page.toReversed()],
  ])('%s', async (_name, branch, order) => {
    const main = await scene.tipOf('main');
    const head = await grow(branch, main);
    const { compared, rounds } = await compare('main', head, order(await firstPage(await openOn('main', branch))));
    expect(rounds).toEqual([[2, 3]]);
    expect(compared.commits.complete).toBe(true);
    expect(new Set(shasOf(compared.commits.items))).toEqual(new Set(await wholeOf('main', head)));
    expect(compared.mergeBase).toBe(main);
    expect(compared.mergeBaseTree).toBe(z.looseObject({ tree: z.looseObject({ sha: z.string() }) }).parse(await scene.call(scene.tokens.ada, 'GET', `/git/commits/${main}`)).tree.sha);
  }, 60_000);
});

/** A head on a base, and what the pull request lists first, which is not what the comparison does. */
type Other = { readonly base: string; readonly head: string; readonly listed: readonly CommitAnswer[] };

async function pushedAway(): Promise<Other> {
  const main = await scene.tipOf('main');
  await grow('moved', main, 260, scene.people.cleo);
  const number = await openOn('main', 'moved');
  const listed = await firstPage(number);
  return { base: 'main', head: await grow('moved', main), listed };
}

async function landedMeanwhile(branch = 'landed'): Promise<Other> {
  const base = await baseAt(`${branch}-base`, await scene.tipOf('main'));
  const head = await grow(branch, base);
  const listed = await firstPage(await openOn(base, branch));
  await baseAt(base, listed[9]?.sha ?? '');
  return { base, head, listed };
}

async function mostlyLanded(): Promise<Other> {
  const base = await baseAt('mostly-base', await scene.tipOf('main'));
  const head = await grow('mostly', base);
  const listed = await firstPage(await openOn(base, 'mostly'));
  await baseAt(base, shasOf((await compare(base, head, [])).compared.commits.items)[169] ?? '');
  return { base, head, listed };
}

async function otherOrder(): Promise<Other> {
  const head = await grow('shifted', 'main');
  return { base: 'main', head, listed: (await compare('main', head, [])).compared.commits.items.slice(1, 101) };
}

/** The oldest commit has landed since, so the list is one behind, and what it leaves out is a side that a merge brings in. */
async function hiddenBySide(): Promise<Other> {
  const base = await baseAt('stack-base', await scene.tipOf('main'));
  const landed = await grow('stack', base, 1);
  const trunk = await grow('trunk', landed, 98);
  const [one, other] = [await scene.commitOn([trunk], [{ path: 'one.txt', content: '1\n' }]), await scene.commitOn([trunk], [{ path: 'other.txt', content: '2\n' }])];
  const head = await grow('stacked', await scene.commitOn([one, other], [{ path: 'other.txt', content: '2\n' }]), 159);
  const number = await openOn(base, 'stacked');
  await baseAt(base, landed);
  const listed = await firstPage(number);
  expect([shasOf(listed).includes(landed), shasOf(listed).filter((sha) => sha === one || sha === other).length]).toEqual([true, 1]);
  return { base, head, listed };
}

describe('the first page of a comparison is asked for after all', () => {
  it.each<[string, () => Promise<Other>]>([
    ['where what the pull request lists is of a head that was pushed away', pushedAway],
    ['where its oldest commits have landed since', () => landedMeanwhile()],
    ['where so many have landed that the count does not fit', mostlyLanded],
    ['where it lists in an order that begins with other commits', otherOrder],
    ['where one that has landed stands in for a side of a merge, and the head reaches each', hiddenBySide],
  ])('%s', async (_name, set) => {
    const { base, head, listed } = await set();
    const { compared, rounds } = await compare(base, head, listed);
    expect(rounds).toEqual([[2, 3], [1]]);
    expect(compared.commits.complete).toBe(true);
    expect(shasOf(compared.commits.items)).toEqual(await wholeOf(base, head));
  }, 60_000);

  it('and leaves the list incomplete where that is no whole either', async () => {
    const { base, head, listed } = await landedMeanwhile('landing');
    const { compared } = await compare(base, head, listed, (page) => (page === 1 ? baseAt(base, listed[19]?.sha ?? '') : Promise.resolve()));
    expect(compared.commits).toMatchObject({ complete: false, missing: `GitHub counts 240 commits of ${head} and gave 250` });
  }, 60_000);
});

describe('the first page of a comparison is asked for at once', () => {
  it('where what the pull request lists grew from several commits', async () => {
    const main = await scene.tipOf('main');
    const ahead = await scene.commitOn([main], [{ path: 'ahead.txt', content: 'a\n' }]);
    const base = await baseAt('ahead-base', ahead);
    const merged = await scene.commitOn([await grow('long', main, 10), ahead], [{ path: 'ahead.txt', content: 'a\n' }]);
    const head = await grow('updated', merged, 249);
    const { compared, rounds } = await compare(base, head, await firstPage(await openOn(base, 'updated')));
    expect(rounds).toEqual([[1, 2, 3]]);
    expect([compared.commits.complete, compared.commits.items.length, compared.mergeBase]).toEqual([true, 260, ahead]);
  }, 60_000);
});
