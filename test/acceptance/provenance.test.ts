import { beforeAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigstore } from '../../packages/pipeline/src/provenance/sigstore.fixture.ts';
import type { Sigstore } from '../../packages/pipeline/src/provenance/sigstore.fixture.ts';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';

let sigstore: Sigstore;
let scene: Scene;
beforeAll(async () => {
  sigstore = await createSigstore({ shape: 'logged' });
});
beforeEach(async () => {
  scene = await startScene('production', { sigstore });
});
afterEach(() => scene.stop());

/** Takes the signature of the only build away from where it is kept, as anybody with write permission can. Gives its name and what it signs. */
async function deleteSignature(): Promise<{ readonly name: string; readonly release: string; readonly digests: readonly string[] }> {
  const { state } = await scene.readRecord();
  const [build] = [...state.builds.values()];
  const name = build?.provenance?.name;
  const assets = scene.repository.releases.find(({ tagName }) => tagName === build?.release)?.assets;
  const index = assets?.findIndex((asset) => asset.name === name) ?? -1;
  if (build === undefined || name === undefined || assets === undefined || index < 0) throw new Error('No signature is kept.');
  assets.splice(index, 1);
  return { name, release: build.release, digests: build.artifacts.map(({ digest }) => digest) };
}

/** Sweeps after the soak. Gives what the build rule said last of the build on its way to production. */
async function askForProduction(): Promise<string> {
  scene.simulator.clock.advance(soakMilliseconds);
  await scene.settle();
  const { state } = await scene.readRecord();
  const made = state.decisions.findLast(({ gate }) => gate === 'release');
  const rules = (made?.decision['rules'] ?? []) as readonly { readonly rule: string; readonly outcome: string; readonly reason: string; readonly summary: string }[];
  const rule = rules.find((one) => one.rule === 'build');
  return `${rule?.outcome ?? ''} ${rule?.reason ?? ''}: ${rule?.summary ?? ''}`;
}

describe('a policy that requires provenance', () => {
  it('lets a signed build go to staging and to production, and checks the signature at every hop (P01)', async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    expect(scene.tags('staging')).toHaveLength(1);
    expect(await askForProduction()).toMatch(/^allow ok: /);
    expect(scene.tags('production')).toHaveLength(1);
    const { state } = await scene.readRecord();
    const judged = state.decisions.filter(({ gate, outcome }) => gate !== 'merge' && outcome === 'allow').map(({ facts }) => facts['provenance']);
    expect(judged.length).toBeGreaterThan(1);
    for (const provenance of judged) expect(provenance).toMatchObject({ known: { state: 'verified', signer: 'https://github.com/acme/shop/.github/workflows/build.yml@refs/heads/main' } });
  });

  it('keeps a build from production whose signature was deleted after staging', async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    await deleteSignature();
    expect(await askForProduction()).toMatch(/^deny provenance-refused: .*bundle-gone/);
    expect(scene.tags('production')).toEqual([]);
  });

  it('keeps a build from production whose signature was replaced by another good one after staging (P03)', async () => {
    await scene.register('1.0.0-rc.1');
    await scene.settle();
    const { name, release, digests } = await deleteSignature();
    const another = await sigstore.attest(digests, { extensions: { 13: scene.landed, 15: String(scene.repository.id) } });
    await scene.connect().builds.publish(release, scene.landed, [{ name, bytes: Buffer.from(JSON.stringify(another)) }]);
    expect(await askForProduction()).toMatch(/^deny provenance-refused: .*bundle-replaced/);
    expect(scene.tags('production')).toEqual([]);
  });

  it('is enforced by the bundle that runs on GitHub', async () => {
    await scene.register('1.0.0-rc.1');
    const { code, output } = await (await scene.start()).ended;
    expect(code, output).toBe(0);
    expect(scene.tags('staging')).toHaveLength(1);
  });
});
