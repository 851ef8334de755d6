import { expect } from 'vitest';
import { soakMilliseconds } from '../policies.ts';
import { must } from '../shop.ts';
import type { Environment } from '../truth.ts';
import type { Story } from './kill-everywhere.ts';
import { countOf, ended, entriesOf, expectNoIssueTwice, expectOnePromotion, listRemains, newestBuild, registerNext, sweepTurn, sweepUntil } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** As many promotions as `number`, and the last of them of `build`; no issue twice. */
async function expectPromotion(at: CrashScene, environment: Environment, number: number, build: string): Promise<void> {
  await expectOnePromotion(at, environment, build, number - 1);
  expectNoIssueTwice(at);
}

const soak = ({ world }: CrashScene): void => {
  world.shop.simulator.clock.advance(soakMilliseconds);
};

async function toStaging(at: CrashScene): Promise<void> {
  await registerNext(at);
  const number = countOf(at, 'staging') + 1;
  await sweepUntil(at, () => ended(at, 'staging', number));
}

async function toProduction(at: CrashScene): Promise<void> {
  await toStaging(at);
  soak(at);
  const number = countOf(at, 'production') + 1;
  await sweepUntil(at, () => ended(at, 'production', number));
}

/** A build was registered, and goes to staging. */
export const staging: Story = {
  policy: 'daily',
  prepare: async (at) => void (await registerNext(at)),
  turn: sweepTurn,
  isDone: (at) => ended(at, 'staging', 1),
  expect: async (at) => {
    await expectPromotion(at, 'staging', 1, newestBuild(at));
    expect(entriesOf(at, 'release-opened', { environment: 'production', after: 0 })).toHaveLength(1);
  },
  leaves: listRemains,
};

/** It was healthy there for the soak, and goes to production. */
export const production: Story = {
  policy: 'daily',
  prepare: async (at) => {
    await toStaging(at);
    soak(at);
  },
  turn: sweepTurn,
  isDone: (at) => ended(at, 'production', 1),
  expect: async (at) => {
    await expectPromotion(at, 'production', 1, newestBuild(at));
    expect(entriesOf(at, 'release-published', { number: 1 })).toHaveLength(1);
    expect(at.world.shop.repository.releases.filter(({ draft, prerelease }) => !draft && !prerelease).map(({ tagName }) => tagName)).toEqual([entriesOf(at, 'release-published')[0]?.body['tag']]);
  },
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
  turn: sweepTurn,
  isDone: (at) => ended(at, 'production', 1),
  expect: async (at) => {
    const id = idIn(at, 'sallyport-override');
    await expectPromotion(at, 'production', 1, newestBuild(at));
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
  policy: 'daily',
  prepare: async (at) => {
    await toProduction(at);
    await toProduction(at);
    const issue = await openIssue(at, 'Checkout fails', 'sallyport-rollback', '');
    await must(at.world.shop.send('rika', 'POST', `/issues/${issue}/comments`, { body: `/rollback production ${leftBuild(at).slice(0, 30)} checkout fails` }));
  },
  turn: sweepTurn,
  isDone: (at) => ended(at, 'production', 3),
  expect: async (at) => {
    await expectPromotion(at, 'production', 3, leftBuild(at));
    expect(entriesOf(at, 'promotion-intended', { environment: 'production' }).filter(({ body }) => body['rollback'] !== undefined)).toHaveLength(1);
  },
};

/** The build that production ran before the one that it ran last. */
const leftBuild = (at: CrashScene): string => String(entriesOf(at, 'promotion-intended', { environment: 'production' })[0]?.body['build']);
