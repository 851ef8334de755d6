import { headOf, objectionTo, placeOf } from '../truth.ts';
import type { RecordReader } from '../record.ts';
import { judgePull, mergePull, openPull, openPulls, reviewPull, testPull, updatePull } from './changes.ts';
import type { StandingYes } from './attacks.ts';
import { endDeploy, runningDeploys, startDeploy, startTroubles, waitingTags } from './deploys.ts';
import { askForRollback, buildsIn, hold, nextVersion, register, resume } from './release.ts';
import { sweepOnce } from './keeper.ts';
import { toNextChance } from './time.ts';
import type { World } from '../world.ts';
import { choose } from './step.ts';
import type { Choice, Step } from './step.ts';

/** Whatever usually comes next, so that stories get somewhere: a change becomes a build, a build goes to staging and to production. */
export const goOn = (yes: StandingYes): Step => async (world, choice, record) =>
  (await goOnHolding(world, choice, record)) ?? (await goOnJudging(world)) ?? (await goOnDeploying(world, choice, record)) ?? (await goOnResuming(world, choice, record)) ?? (await goOnSweeping(world)) ?? (await goOnBuilding(world, record)) ?? (await goOnChanging(world, yes, choice.n)) ?? (await goOnBack(world, choice, record)) ?? goOnWaiting(world, record) ?? newChange(world);

async function goOnHolding(world: World, { m }: Choice, record: RecordReader): Promise<string | null> {
  if (!world.overtaken) return null;
  world.overtaken = false;
  return hold(world, { n: 0, m }, record);
}

/** The merge gate runs whenever something happens on a pull request. On the way from the first push to a yes it is asked once only, to get there sooner. */
async function goOnJudging(world: World): Promise<string | null> {
  const pull = openPulls(world).find(({ number }) => number === world.unjudged);
  if (pull === undefined || !pull.tested.has(headOf(pull))) return null;
  world.unjudged = null;
  return judgePull(world, pull);
}

/** What holds everything is settled sooner or later. */
const goOnResuming = async (world: World, { m }: Choice, record: RecordReader): Promise<string | null> => (m % 5 === 4 ? resume(world, { n: 0, m }, record) : null);

/** Now and then a deploy fails, or what it needs to ask cannot be read. */
async function goOnDeploying(world: World, { n, m }: Choice, record: RecordReader): Promise<string | null> {
  const [running] = runningDeploys(world);
  if (running !== undefined) {
    world.shop.simulator.clock.advance(8 * 60_000);
    return endDeploy(world, running, m % 8 === 7 ? 'failure' : 'success');
  }
  const tag = (await waitingTags(world, record)).at(-1);
  return tag === undefined ? null : startDeploy(world, tag, m % 8 === 6 ? choose(startTroubles, n) : {});
}

const goOnSweeping = (world: World): Promise<string> | null => (world.unswept ? sweepOnce(world) : null);

function goOnBuilding(world: World, record: RecordReader): Promise<string> | null {
  const tip = world.truth.main.at(-1);
  if (tip === undefined || tip.pull === null || buildsIn(record.entries).some(({ commit }) => commit === tip.sha)) return null;
  return register(world, tip.sha, nextVersion(world));
}

async function goOnChanging(world: World, yes: StandingYes, n: number): Promise<string | null> {
  const pull = openPulls(world)[0];
  if (pull === undefined) return null;
  const head = headOf(pull);
  if (pull.pushes.length > 4 || pull.reviews.some(({ state }) => state === 'CHANGES_REQUESTED')) {
    await world.shop.send(pull.author, 'PATCH', `/pulls/${pull.number}`, { state: 'closed' });
    world.truth.pulls.delete(pull.number);
    return `${pull.author} gives #${pull.number} up`;
  }
  if (pull.holds !== world.truth.main.at(-1)?.sha) return (await updatePull(world, pull, pull.author)) ?? null;
  if (!pull.tested.has(head) || pull.tested.get(head) === 'failure') return testPull(world, pull, 'success');
  if (objectionTo(pull) !== null) {
    const reviewer = (['ben', 'cho', 'lea', 'rika'] as const).find((one) => one !== pull.author && !pull.pushes.some(({ by }) => by === one));
    return reviewer === undefined ? null : reviewPull(world, pull, reviewer, 'APPROVED');
  }
  if (!yes(pull.number, head)) return judgePull(world, pull);
  return mergePull(world, pull, pull.author, true, n % 2 === 0 ? 'merge' : 'squash');
}

/** Now and then what production left was better. */
async function goOnBack(world: World, { n }: Choice, record: RecordReader): Promise<string | null> {
  const { ran } = world.truth.environments.production;
  return ran.size > 1 && n % 3 === 0 ? askForRollback(world, { n, m: choiceOfRika }, record) : null;
}

/** Of those who may ask for a rollback; no multiple of three, so that it is to a build that ran. */
const choiceOfRika = 4;

function goOnWaiting(world: World, record: RecordReader): string | null {
  const { staging, production } = world.truth.environments;
  const behind = staging.build !== null && staging.build !== production.build && placeOf(world.truth, staging.commit) > placeOf(world.truth, production.commit);
  return behind && record.entries.length > 0 ? toNextChance(world) : null;
}

async function newChange(world: World): Promise<string> {
  const pull = await openPull(world, 'ann');
  return `ann opens #${pull.number} from ${pull.branch}`;
}
