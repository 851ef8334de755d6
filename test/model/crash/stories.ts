import { expect } from 'vitest';
import { soakMilliseconds } from '../policies.ts';
import { must } from '../shop.ts';
import type { Environment } from '../truth.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker } from './breaker.ts';
import type { Story } from './kill-everywhere.ts';
import { countOf, ended, entriesOf, expectNoIssueTwice, expectOnePromotion, listRemains, newestBuild, registerNext, sweepUntil } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** Sweeps until the next promotion has ended, and expects that there was one. */
async function promote(at: CrashScene, environment: Environment, build: string, breaker: Breaker): Promise<void> {
  const before = countOf(at, environment);
  await sweepUntil(at, () => ended(at, environment, before + 1), breaker);
  await expectOnePromotion(at, environment, build, before);
  expectNoIssueTwice(at);
}

const soak = ({ world }: CrashScene): void => {
  world.shop.simulator.clock.advance(soakMilliseconds);
};

async function toStaging(at: CrashScene): Promise<void> {
  await promote(at, 'staging', await registerNext(at), createBreaker(null));
}

async function toProduction(at: CrashScene): Promise<void> {
  await toStaging(at);
  soak(at);
  await promote(at, 'production', newestBuild(at), createBreaker(null));
}

/** A build was registered, and goes to staging. */
export const staging: Story = {
  policy: 'wide',
  prepare: async (at) => void (await registerNext(at)),
  play: async (at, breaker) => {
    await promote(at, 'staging', newestBuild(at), breaker);
    expect(entriesOf(at, 'release-opened', { environment: 'production', after: 0 })).toHaveLength(1);
  },
  leaves: listRemains,
};

/** It was healthy there for the soak, and goes to production. */
export const production: Story = {
  policy: 'wide',
  prepare: async (at) => {
    await toStaging(at);
    soak(at);
  },
  play: (at, breaker) => promote(at, 'production', newestBuild(at), breaker),
  leaves: listRemains,
};

async function openIssue({ world }: CrashScene, title: string, label: string, body: string): Promise<number> {
  return Number((await must(world.shop.send('rika', 'POST', '/issues', { title, body, labels: [label] }))).body['number']);
}

const idIn = ({ world }: CrashScene, label: string): string => String([...world.shop.repository.issues.values()].find(({ labels }) => labels.has(label))?.number ?? '');

/** The window is closed; an override was asked for and approved. */
export const override: Story = {
  policy: 'plain',
  prepare: async (at) => {
    await toStaging(at);
    const build = newestBuild(at);
    const block = ['```sallyport-override', `build: ${build}`, 'environment: production', 'reason: it is being exploited', 'advisory: CVE-2026-1234', '```'].join('\n');
    const issue = await openIssue(at, 'Override', 'sallyport-override', block);
    at.world.shop.simulator.clock.advance(60_000);
    await must(at.world.shop.send('lea', 'POST', `/issues/${issue}/comments`, { body: `/approve production ${build.slice(0, 30)}` }));
  },
  play: async (at, breaker) => {
    const id = idIn(at, 'sallyport-override');
    await promote(at, 'production', newestBuild(at), breaker);
    expect(entriesOf(at, 'override-granted', { id })).toHaveLength(1);
    expect(entriesOf(at, 'promotion-intended', { override: id })).toHaveLength(1);
    expect(entriesOf(at, 'review-opened', { override: id })).toHaveLength(1);
    const reviews = [...at.world.shop.repository.issues.values()].filter(({ labels, body }) => labels.has('sallyport-review') && body.includes(`sallyport-review:${id} `));
    expect(reviews).toHaveLength(1);
  },
  leaves: listRemains,
};

/** Two builds were in production, and somebody asks for the first again. */
export const rollback: Story = {
  policy: 'wide',
  prepare: async (at) => {
    await toProduction(at);
    await toProduction(at);
    const issue = await openIssue(at, 'Checkout fails', 'sallyport-rollback', '');
    await must(at.world.shop.send('rika', 'POST', `/issues/${issue}/comments`, { body: `/rollback production ${leftBuild(at).slice(0, 30)} checkout fails` }));
  },
  play: async (at, breaker) => {
    await promote(at, 'production', leftBuild(at), breaker);
    expect(entriesOf(at, 'promotion-intended', { environment: 'production' }).filter(({ body }) => body['rollback'] !== undefined)).toHaveLength(1);
  },
};

/** The build that production ran before the one that it ran last. */
const leftBuild = (at: CrashScene): string => String(entriesOf(at, 'promotion-intended', { environment: 'production' })[0]?.body['build']);
