import { readLedger, verifierKey } from '@sallyport/ledger';
import type { VerifiedLedger } from '@sallyport/ledger';
import { testKeyPem, testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { expect, it } from 'vitest';
import type { RegisteredBuild } from '../ledger-state.ts';
import type { PromotionTag } from '../ports.ts';
import { renderTagMessage } from '../promotion-tag.ts';
import { findInconsistencies } from './find-inconsistencies.ts';

const digest = `sha256:${'b'.repeat(64)}`;
const commit = 'c'.repeat(40);
const build: RegisteredBuild = { type: 'build-registered', digest, version: '1.8.0', commit, artifacts: [{ name: 'app.tar.gz', digest, sizeBytes: 3 }], workflow: '', runId: 1, release: '', index: 1, at: 0 };
const formerOrigin = 'github.com/acme/old/sallyport';
const keys = [testOrigin, formerOrigin].map((origin) => verifierKey(origin, testKeyPem()));

async function ledgerOf(count: number, seed = 1, origin = testOrigin): Promise<VerifiedLedger> {
  const privateKeyPem = testKeyPem(seed);
  const context = await testLedgerOf(count, { privateKeyPem, origin, keys: [verifierKey(origin, privateKeyPem)] });
  const read = await readLedger(context.store, context);
  if (read.state !== 'intact') throw new Error('It is not intact.');
  return read;
}

function tag(number: number, { checkpoint }: VerifiedLedger, environment = 'staging'): PromotionTag {
  const name = `promote/${environment}/${number}`;
  const promotion = { type: 'promotion-intended', environment, number, tag: name, build: digest, version: '1.8.0', commit, decisionIndex: 4, override: null, index: 5, at: 0, end: null } as const;
  return { name, number, commit, message: renderTagMessage(promotion, build, digest, checkpoint ?? '') };
}

const inconsistencies = async (count: number, ...tags: readonly PromotionTag[]) => findInconsistencies(await ledgerOf(count), grouped(tags), keys);

const grouped = (tags: readonly PromotionTag[]): ReadonlyMap<string, readonly PromotionTag[]> => new Map(['staging', 'production'].map((environment) => [environment, tags.filter(({ name }) => name.startsWith(`promote/${environment}/`))]));

it('a ledger that knows what the tags remember agrees with them', async () => {
  expect(await inconsistencies(6, tag(1, await ledgerOf(2)), tag(2, await ledgerOf(6)), tag(1, await ledgerOf(4), 'production'))).toEqual([]);
});

it.each(['staging', 'production'])('one that was put back to an earlier state is found by the newest tag of %s (L02, L9)', async (environment) => {
  const found = await inconsistencies(3, tag(9, await ledgerOf(2), environment), tag(10, await ledgerOf(5), environment));
  expect(found).toEqual([expect.stringContaining(`inconsistent-with-remembered at entry 3: A remembered checkpoint knows 5 entries and there are 3: the end was cut off. The checkpoint is that of promote/${environment}/10.`)]);
});

it('what no key of the policy signed for this ledger remembers nothing, and hides nothing that an older tag remembers', async () => {
  const nothing: readonly PromotionTag[] = [{ name: 'promote/staging/15', number: 15, commit, message: '' }, tag(14, await ledgerOf(9, 2)), tag(13, await ledgerOf(9, 1, formerOrigin))];
  expect(await inconsistencies(3, ...nothing)).toEqual([]);
  expect(await inconsistencies(3, ...nothing, tag(12, await ledgerOf(5)))).toHaveLength(1);
});

it('a tag that the ledger never intended hides nothing that an older one remembers: anybody can copy a checkpoint', async () => {
  expect(await inconsistencies(3, tag(99, await ledgerOf(2)), tag(12, await ledgerOf(5)))).toEqual([expect.stringContaining('promote/staging/12.')]);
});
