import { generateKeyPairSync } from 'node:crypto';
import { entryPath } from '@sallyport/ledger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateLedgerKey, startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { isWrite, nameOf } from './kill-switch.ts';
import { tamper } from './tamper.ts';

const policyPath = '.github/sallyport.yml';
const days = (count: number): number => count * 24 * 60 * 60 * 1000;

let scene: Scene;
beforeAll(async () => {
  scene = await startScene('production');
  await scene.register('1.0.0-rc.1');
  await scene.settle();
  // Waits to be promoted, so that there is something to refuse.
  await scene.register('1.0.0-rc.2');
});
afterAll(() => scene.stop());

const rsaKey = (): string => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
const nothing = (): void => undefined;

/** As an administrator with a force-push can: each state of the branch is intact in itself. */
function putBack(): () => void {
  const ref = 'refs/heads/sallyport-ledger';
  const [last = '', first = ''] = [scene.git(['rev-parse', ref]), scene.git(['rev-list', '--max-parents=0', ref])];
  scene.git(['update-ref', ref, first, last]);
  return () => void scene.git(['update-ref', ref, last]);
}

type Circumstance = { readonly name: string; readonly says: RegExp; readonly arrange?: () => () => void; readonly start?: () => Parameters<Scene['start']>[0] };

const circumstances: readonly Circumstance[] = [
  { name: 'no policy on the default branch', says: /There is no \.github\/sallyport\.yml on the default branch/, arrange: () => tamper(scene, 'main', policyPath, () => null) },
  { name: 'a policy that is not valid', says: /\.github\/sallyport\.yml:\d+:\d+: .*stagging/, arrange: () => tamper(scene, 'main', policyPath, (text) => text.replace('environment: staging', 'environment: stagging')) },
  { name: 'a zone that nobody knows (W02)', says: /\.github\/sallyport\.yml:\d+:\d+: .*America\/Los_Angelos/, arrange: () => tamper(scene, 'main', policyPath, (text) => `${text}windows: { w: { zone: America/Los_Angelos } }\n`) },
  { name: 'holidays of no country', says: /\.github\/sallyport\.yml:\d+:\d+: .*No country ZZ is known/, arrange: () => tamper(scene, 'main', policyPath, (text) => `${text}calendars: [{ name: c, holidays: ZZ, zone: UTC, owner: o, reason: r }]\n`) },
  { name: 'a policy that is not YAML', says: /\.github\/sallyport\.yml:\d+:\d+: /, arrange: () => tamper(scene, 'main', policyPath, () => 'version: [1\n') },
  { name: 'no App key', says: /`app-key` is not a private key in PEM.*secrets of the environment `sallyport`/, start: () => ({ inputs: { appKey: '' } }) },
  { name: "another App's key", says: /401.*check the App’s id and key/, start: () => ({ inputs: { appKey: rsaKey() } }) },
  { name: 'the number of no App', says: /Integration not found.*check the App’s id and key/, start: () => ({ inputs: { appId: '999999' } }) },
  { name: 'a ledger key that the policy does not name', says: /into the policy under ledger\.keys/, start: () => ({ inputs: { ledgerKey: generateLedgerKey() } }) },
  { name: 'a ledger entry edited past the rulesets', says: /root-mismatch at entry 2/, arrange: () => tamper(scene, 'sallyport-ledger', entryPath(2), (text) => text.replace('1.0.0-rc.1', '1.0.0-rc.9')) },
  { name: 'a ledger entry taken away', says: /size-mismatch at entry 2/, arrange: () => tamper(scene, 'sallyport-ledger', entryPath(2), () => null) },
  { name: 'a ledger put back to where it was before (L02)', says: /inconsistent-with-remembered at entry \d+: .*The checkpoint is that of promote\/staging\/1\./, arrange: () => putBack() },
  { name: 'a runner that believes it is Saturday (W01)', says: /more than a minute off/, start: () => ({ clockErrorMilliseconds: days(3) }) },
  { name: 'a runner whose clock is two minutes fast', says: /more than a minute off/, start: () => ({ clockErrorMilliseconds: 2 * 60_000 }) },
  { name: 'a runner whose clock is two minutes slow', says: /more than a minute off/, start: () => ({ clockErrorMilliseconds: -2 * 60_000 }) },
];

async function runAndWatch(start: Parameters<Scene['start']>[0]) {
  const writes: string[] = [];
  const stop = scene.simulator.beforeRequest((request) => {
    if (isWrite(request)) writes.push(nameOf(request));
  });
  const end = await (await scene.start(start)).ended;
  stop();
  return { end, writes };
}

it.each(circumstances)('the gatekeeper refuses with one message and writes nothing: $name', async ({ says, arrange = () => nothing, start = () => ({}) }) => {
  const undo = arrange();
  try {
    const { end, writes } = await runAndWatch(start());
    expect(end.code, end.output).toBe(1);
    expect(end.errors, end.output).toHaveLength(1);
    expect(end.errors[0]).toMatch(says);
    expect(writes).toEqual([]);
    for (const secret of [scene.inputs.appKey, scene.inputs.ledgerKey]) expect(end.output.replace(/^::add-mask::.*$/gm, '')).not.toContain(secret.split('\n')[1]);
  } finally {
    undo();
  }
});

it('the gatekeeper promotes what it refused, once nothing is wrong', async () => {
  const { end, writes } = await runAndWatch({});
  expect(end).toMatchObject({ code: 0, errors: [], state: 'swept' });
  expect(writes).toContain('POST git/refs');
  expect(scene.simulator.contractMismatches()).toEqual([]);
});
