import { afterEach, describe, expect, it } from 'vitest';
import { soakMilliseconds } from '../policies.ts';
import type { PolicyName } from '../policies.ts';
import { must } from '../shop.ts';
import { endDeploy, rerunDeploy, runningDeploys, startDeploy, waitingTags } from '../steps/deploys.ts';
import { sweepOnce } from '../steps/keeper.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker, Moment } from './breaker.ts';
import { countOf, ended, entriesOf, expectOnePromotion, registerNext, startCrashScene, sweepUntil } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** A ledger grows with every killing; a scene is for so many. */
const killingsAScene = 15;
/** More calls than any of these stories makes. */
const mostCalls = 400;

/** `npm run crash` kills at every call; `npm test` only at those that change something, because between two of them nothing is left behind. */
const everyCall = process.env['SALLYPORT_CRASH'] === 'every-call';

/** A scene that was just started reads less than one that has a past, so that a whole scene without a killing is the end. What changes something is the same in each. */
const missesAtTheEnd = everyCall ? killingsAScene : 1;

let scene: CrashScene | null = null;
afterEach(async () => {
  await scene?.stop();
  scene = null;
});

/** `always`: at every call in `npm test` too. Plays `story` once for each call, n = 1, 2, 3, until it makes none that was not killed already. Gives where it was killed, in order. */
async function killEverywhere(moment: Moment, start: () => Promise<CrashScene>, story: (scene: CrashScene, breaker: Breaker) => Promise<void>, always = false): Promise<readonly string[]> {
  const killedAt: string[] = [];
  let missed = 0;
  for (let call = 1; call <= mostCalls; call += 1) {
    if (scene === null || call % killingsAScene === 0) {
      await scene?.stop();
      scene = await start();
    }
    const breaker = createBreaker(call, moment, everyCall || always ? 'every call' : 'changes');
    await story(scene, breaker);
    const struck = breaker.struckAt();
    if (struck !== null) killedAt.push(struck);
    missed = struck === null ? missed + 1 : 0;
    if (missed >= missesAtTheEnd) return killedAt;
  }
  throw new Error(`There is no end after ${mostCalls} calls.`);
}

const start = (policy: PolicyName) => () => startCrashScene(policy);

async function toProduction(at: CrashScene, breaker?: Breaker): Promise<string> {
  const build = await registerNext(at);
  const before = { staging: countOf(at, 'staging'), production: countOf(at, 'production') };
  await sweepUntil(at, () => ended(at, 'staging', before.staging + 1), breaker);
  at.world.shop.simulator.clock.advance(soakMilliseconds);
  await sweepUntil(at, () => ended(at, 'production', before.production + 1), breaker);
  await expectOnePromotion(at, 'staging', build, before.staging);
  await expectOnePromotion(at, 'production', build, before.production);
  return build;
}

/** Decision and intent, tag, end: in each environment. */
const leastChanges = 6;

describe('a gatekeeper killed at every call that it makes, and run again', { timeout: 600_000 }, () => {
  it('before the call: one promotion to staging and one to production, each with one end', async () => {
    const killedAt = await killEverywhere('before', start('wide'), (at, breaker) => toProduction(at, breaker).then(() => undefined));
    expect(killedAt).toEqual(expect.arrayContaining(['ledger.write', 'promotions.createTag']));
    if (!everyCall) return;
    expect(killedAt.length).toBeGreaterThan(60);
    for (const call of ['clock.read', 'policy.readPolicyFile', 'ledger.read', 'ledger.write', 'promotions.createTag', 'promotions.findDeploy', 'changes.findLanding', 'desk.listHolds']) expect(killedAt).toContain(call);
  });

  it('after each call that changed something, before its answer: the same', async () => {
    const killedAt = await killEverywhere('after', start('wide'), (at, breaker) => toProduction(at, breaker).then(() => undefined));
    expect(killedAt.filter((call) => call === 'promotions.createTag')).toHaveLength(2);
    expect(killedAt.length).toBeGreaterThanOrEqual(leastChanges);
  });

  it.each(['before', 'after'] as const)('%s a call, under an override: one grant, used once, and one review', async (moment) => {
    const killedAt = await killEverywhere(moment, start('plain'), async (at, breaker) => {
      const { shop } = at.world;
      const build = await registerNext(at);
      const before = { staging: countOf(at, 'staging'), production: countOf(at, 'production') };
      await sweepUntil(at, () => ended(at, 'staging', before.staging + 1));
      const block = ['```sallyport-override', `build: ${build}`, 'environment: production', 'reason: it is being exploited', 'advisory: CVE-2026-1234', '```'].join('\n');
      const issue = Number((await must(shop.send('rika', 'POST', '/issues', { title: 'Override', body: block, labels: ['sallyport-override'] }))).body['number']);
      shop.simulator.clock.advance(60_000);
      await must(shop.send('lea', 'POST', `/issues/${issue}/comments`, { body: `/approve production ${build.slice(0, 30)}` }));
      const override = String(issue);
      await sweepUntil(at, () => ended(at, 'production', before.production + 1) && entriesOf(at, 'review-opened', { override }).length > 0, breaker);

      await expectOnePromotion(at, 'production', build, before.production);
      expect(entriesOf(at, 'override-granted', { id: override })).toHaveLength(1);
      expect(entriesOf(at, 'promotion-intended', { override })).toHaveLength(1);
      expect(entriesOf(at, 'review-opened', { override })).toHaveLength(1);
      const reviews = [...shop.repository.issues.values()].filter(({ labels, body }) => labels.has('sallyport-review') && body.includes(`sallyport-review:${override} `));
      expect(reviews).toHaveLength(1);
      await must(shop.send('lea', 'PATCH', `/issues/${issue}`, { state: 'closed' }));
      await must(shop.send('lea', 'PATCH', `/issues/${reviews[0]?.number ?? 0}`, { state: 'closed' }));
    });
    expect(killedAt).toContain('desk.openReview');
  });

  it.each(['before', 'after'] as const)('%s a call, on a rollback: it is carried out once', async (moment) => {
    const startRolled = async (): Promise<CrashScene> => {
      const at = await startCrashScene('wide');
      await toProduction(at);
      await toProduction(at);
      return at;
    };
    const killedAt = await killEverywhere(moment, startRolled, async (at, breaker) => {
      const { shop, truth } = at.world;
      const before = countOf(at, 'production');
      const build = [...truth.environments.production.ran].find((one) => one !== truth.environments.production.build) ?? '';
      const issue = Number((await must(shop.send('rika', 'POST', '/issues', { title: 'Checkout fails', body: '', labels: ['sallyport-rollback'] }))).body['number']);
      await must(shop.send('rika', 'POST', `/issues/${issue}/comments`, { body: `/rollback production ${build.slice(0, 30)} checkout fails` }));
      await sweepUntil(at, () => ended(at, 'production', before + 1), breaker);
      await expectOnePromotion(at, 'production', build, before);
      await must(shop.send('rika', 'PATCH', `/issues/${issue}`, { state: 'closed' }));
    });
    expect(killedAt).toEqual(expect.arrayContaining(['ledger.write', 'promotions.createTag']));
  });
});

describe('a deploy killed at every call of its first step', { timeout: 600_000 }, () => {
  /** Its tag is made, and its run has not begun. */
  async function intend(at: CrashScene): Promise<string> {
    const build = await registerNext(at);
    await sweepOnce(at.world);
    await at.oracle.check();
    return build;
  }
  const begin = async (at: CrashScene, breaker: Breaker): Promise<void> => {
    const [tag] = await waitingTags(at.world, at.record);
    if (tag === undefined) throw new Error('No tag waits.');
    await startDeploy(at.world, tag, { ports: breaker });
    await at.oracle.check();
  };

  it('and run again at once: it is let in once, and ends once', async () => {
    const killedAt = await killEverywhere('before', start('wide'), async (at, breaker) => {
      const before = countOf(at, 'staging');
      const build = await intend(at);
      await begin(at, breaker);
      const dead = at.world.truth.deploys.find(({ state }) => state === 'refused');
      expect(dead === undefined).toBe(breaker.struckAt() === null);
      if (dead !== undefined) expect(await rerunDeploy(at.world, dead)).toMatch(/is let in$/);
      await at.oracle.check();
      for (const running of runningDeploys(at.world)) endDeploy(at.world, running, 'success');
      await sweepUntil(at, () => ended(at, 'staging', before + 1));
      await expectOnePromotion(at, 'staging', build, before);
    }, true);
    expect(killedAt).toEqual(expect.arrayContaining(['clock.read', 'ledger.read', 'changes.findLanding', 'desk.listHolds', 'builds.fetch']));
  });

  it('and run again only after its failure was recorded: it is refused, and stays a failure', async () => {
    const killedAt = await killEverywhere('before', start('wide'), async (at, breaker) => {
      const number = countOf(at, 'staging') + 1;
      await intend(at);
      await begin(at, breaker);
      const dead = at.world.truth.deploys.find(({ tag }) => tag === `promote/staging/${number}`);
      if (breaker.struckAt() === null || dead === undefined) return;
      await sweepUntil(at, () => ended(at, 'staging', number));
      expect(await rerunDeploy(at.world, dead)).toMatch(/is not let in/);
      await sweepOnce(at.world);
      await at.oracle.check();
      expect(entriesOf(at, 'promotion-ended', { environment: 'staging', number }).map(({ body }) => body['outcome'])).toEqual(['failed']);
    }, true);
    expect(killedAt).toContain('builds.fetch');
  });
});
