import { expect } from 'vitest';
import { createOracle } from '../oracle/oracle.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { PolicyName } from '../policies.ts';
import { createRecordReader } from '../record.ts';
import type { RawEntry, RecordReader } from '../record.ts';
import { judgePull, mergePull, openPull, reviewPull, testPull } from '../steps/changes.ts';
import { endDeploy, runningDeploys, startDeploy, waitingTags } from '../steps/deploys.ts';
import { sweepOnce } from '../steps/keeper.ts';
import { buildsIn, nextVersion, register } from '../steps/release.ts';
import { environments } from '../truth.ts';
import { startWorld } from '../world.ts';
import type { World } from '../world.ts';
import type { Breaker } from './breaker.ts';
import { describeObjects, rememberObjects } from './remember-objects.ts';
import { readRefs, rememberRefs } from './remember-refs.ts';

/** acme/shop with one change that landed as it should; the oracle of the model looks on. */
export type CrashScene = { readonly world: World; readonly record: RecordReader; readonly oracle: Oracle; /** The commit of main that landed. */ readonly landed: string; /** The function given puts everything back to where it is now. */ remember(): () => void; /** All that GitHub, git's refs and the truth hold and the clock shows, as one text; but not which id GitHub would give next. */ describe(): string; stop(): Promise<void> };

export async function startCrashScene(policy: PolicyName): Promise<CrashScene> {
  const world = await startWorld(policy);
  const record = createRecordReader(world.shop.repository);
  const oracle = createOracle(world, record);
  const pull = await openPull(world, 'ann');
  testPull(world, pull, 'success');
  await reviewPull(world, pull, 'ben', 'APPROVED');
  await judgePull(world, pull);
  await mergePull(world, pull, 'ann', true);
  await oracle.check();
  return {
    world,
    record,
    oracle,
    landed: world.truth.main.at(-1)?.sha ?? '',
    remember: () => {
      const { simulator, repository } = world.shop;
      const at = simulator.clock.now();
      const restores = [rememberObjects([world, record.memory, oracle.memory]), rememberRefs(repository.gitDir), () => { simulator.clock.set(at); }];
      return () => {
        for (const restore of restores) restore();
      };
    },
    describe: () => {
      const { simulator, repository, now } = world.shop;
      return describeObjects([now(), [...readRefs(repository.gitDir)], repository, simulator.world.teams, world.truth]);
    },
    stop: () => world.shop.stop(),
  };
}

/** Registers another build of the commit that landed; gives its digest. */
export async function registerNext(scene: CrashScene): Promise<string> {
  const { world, oracle, landed } = scene;
  await register(world, landed, nextVersion(world));
  await oracle.check();
  return newestBuild(scene);
}

/** Digest of the build that was registered last. */
export const newestBuild = ({ record }: CrashScene): string => buildsIn(record.entries).at(-1)?.digest ?? '';

/** More turns than any promotion takes. */
export const maximumTurns = 8;

/** Sweeps, and lets deploys start and end well after it. The breaker may end the sweep. */
export async function sweepTurn(scene: CrashScene, breaker?: Breaker): Promise<void> {
  const { world, oracle } = scene;
  const said = await sweepOnce(world, breaker === undefined ? {} : { ports: breaker });
  await oracle.check();
  expect(said).toMatch(/^a sweep (?:ends: swept|died at )/);
  await deploy(scene);
}

export async function sweepUntil(scene: CrashScene, done: () => boolean): Promise<void> {
  for (let turn = 0; turn < maximumTurns; turn += 1) {
    await sweepTurn(scene);
    if (done()) return;
  }
  throw new Error(`Not done after ${maximumTurns} sweeps.`);
}

async function deploy({ world, record, oracle }: CrashScene): Promise<void> {
  for (const tag of await waitingTags(world, record)) {
    await startDeploy(world, tag);
    await oracle.check();
  }
  world.shop.simulator.clock.advance(60_000);
  for (const running of runningDeploys(world)) endDeploy(world, running, 'success');
}

export const entriesOf = ({ record }: CrashScene, type: string, having: Readonly<Record<string, unknown>> = {}): readonly RawEntry[] =>
  record.entries.filter(({ body }) => body.type === type && Object.entries(having).every(([field, value]) => body[field] === value));

/** One intent with the next number, one tag, one deploy that was let in once, one end. `before`: how many promotions to the environment there were. */
export async function expectOnePromotion(scene: CrashScene, environment: 'staging' | 'production', build: string, before: number): Promise<void> {
  const { world, record } = scene;
  const number = before + 1;
  const tag = `promote/${environment}/${number}`;
  const intents = entriesOf(scene, 'promotion-intended', { environment });
  expect(intents.map(({ body }) => body['number'])).toEqual(Array.from({ length: number }, (_, index) => index + 1));
  expect(intents.at(-1)?.body).toMatchObject({ build, tag });
  expect(endsOf(scene, environment, number)).toEqual(['succeeded']);
  expect((await record.tags(environment)).map(({ name }) => name).at(-1)).toBe(tag);
  expect(await record.tags(environment)).toHaveLength(number);
  expect(world.truth.deploys.filter((one) => one.tag === tag).map(({ state }) => state)).toEqual(['succeeded']);
}

const markIn = /<!-- (sallyport-[^>]*?) -->/g;

/** Of each issue that is found again by its mark there is one. */
export function expectNoIssueTwice({ world }: CrashScene): void {
  const marks = [...world.shop.repository.issues.values()].flatMap(({ body }) => [...body.matchAll(markIn)].map(([, mark]) => mark));
  expect(marks).toEqual([...new Set(marks)]);
}

/** Names of everything that is there for good: entries but decisions, which are made again after a killing; tags with their commits; issues. */
export async function listRemains({ record, world }: CrashScene): Promise<object> {
  const tags = (await Promise.all(environments.map((environment) => record.tags(environment)))).flat();
  return {
    entries: record.entries.filter(({ body }) => body.type !== 'decision-made').map(({ key }) => key),
    tags: tags.map(({ name, commit }) => `${name} ${commit}`),
    releases: world.shop.repository.releases.map(({ tagName, draft, targetCommitish, assets }) => `${tagName} ${targetCommitish} ${String(draft)} ${assets.length}`),
    issues: [...world.shop.repository.issues.values()].map(({ number, title, state, comments }) => `#${number} ${title}, ${state}, ${comments.length} comments`),
  };
}

export const countOf = (scene: CrashScene, environment: string): number => entriesOf(scene, 'promotion-intended', { environment }).length;
export const endsOf = (scene: CrashScene, environment: string, number: number): readonly unknown[] => entriesOf(scene, 'promotion-ended', { environment, number }).map(({ body }) => body['outcome']);
export const ended = (scene: CrashScene, environment: string, number: number): boolean => endsOf(scene, environment, number).length > 0;
