import { join } from 'node:path';
import type { WorkflowRun } from '@sallyport/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSigstore } from '../../packages/pipeline/src/provenance/sigstore.fixture.ts';
import { parseTagMessage } from '../../packages/pipeline/src/promotion-tag.ts';
import { soakMilliseconds } from './gatekeeper-repository.ts';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const action = 'sallyport/sallyport/packages/actions/deploy';
const shop = `ghcr.io/acme/shop@sha256:${'d1'.repeat(32)}`;
const worker = `ghcr.io/acme/worker@sha256:${'d2'.repeat(32)}`;
const moved = `ghcr.io/acme/shop@sha256:${'d3'.repeat(32)}`;

const jobOf = (environment: string): string => `  ${environment}:
    if: startsWith(github.ref_name, 'promote/${environment}/')
    runs-on: ubuntu-24.04
    environment: ${environment}
    permissions: { contents: read, issues: read, pull-requests: read, actions: read, deployments: write }
    steps:
      - id: sallyport
        uses: ${action}@${'0'.repeat(40)}
        with: { environment: ${environment} }
      - run: |
          printf 'deploys <%s>\\n' $IMAGES
          echo "archive $(cat "$ARCHIVE")"
        env: { IMAGES: '\${{ steps.sallyport.outputs.images }}', ARCHIVE: '\${{ steps.sallyport.outputs.archive }}' }
`;
const deploy = `name: deploy
on: { push: { tags: ['promote/**'] } }
permissions: {}
jobs:
${jobOf('staging')}${jobOf('production')}`;

const register = 'sallyport/sallyport/packages/actions/register-build';
const build = (images: readonly string[]): string => `name: build
on: workflow_dispatch
permissions: {}
jobs:
  register:
    runs-on: ubuntu-24.04
    environment: sallyport
    steps:
      - run: printf 'the shop' > shop.txt
      - uses: ${register}@${'0'.repeat(40)}
        with:
          app-id: \${{ secrets.SALLYPORT_APP_ID }}
          app-key: \${{ secrets.SALLYPORT_APP_KEY }}
          ledger-key: \${{ secrets.SALLYPORT_LEDGER_KEY }}
          version: 1.0.0-rc.1
          files: shop.txt
          images: |
${images.map((image) => `            ${image}\n`).join('')}`;

let scene: Scene;
beforeAll(async () => {
  scene = await startScene('production', { sigstore: await createSigstore({ shape: 'logged' }), actions: new Map([[action, join(import.meta.dirname, '../../packages/actions/deploy')]]), deploy });
});
afterAll(async () => {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  await scene.stop();
});

function deployTo(environment: string): { readonly run: WorkflowRun; readonly log: string } {
  const run = scene.repository.runs.findLast(({ headBranch }) => headBranch?.startsWith(`promote/${environment}/`) === true);
  const log = run?.jobs.find(({ key }) => key === environment)?.log;
  if (run === undefined || log === undefined) throw new Error(`Nothing was deployed to ${environment}.`);
  return { run, log };
}

const deployed = (log: string): readonly string[] => [...log.matchAll(/deploys <([^>%]*)>/g)].map(([, image = '']) => image);

it('the action registers what its build workflow names by digest, and nothing that it names by tag', async () => {
  const shopOnly = await startScene('staging', { actions: new Map([[register, join(import.meta.dirname, '../../packages/actions/register-build')]]) });
  try {
    const { simulator, repository, inputs, ada } = shopOnly;
    for (const [name, value] of [['APP_ID', inputs.appId], ['APP_KEY', inputs.appKey], ['LEDGER_KEY', inputs.ledgerKey]] as const) simulator.admin.setSecret(repository, `SALLYPORT_${name}`, value, 'sallyport');
    const runBuild = async (...images: readonly string[]): Promise<string> => {
      tamper(shopOnly, 'main', '.github/workflows/build.yml', () => build(images));
      await ada.send('POST', '/actions/workflows/build.yml/dispatches', { ref: 'main' });
      await simulator.idle();
      const run = repository.runs.findLast(({ workflow }) => workflow.endsWith('build.yml'));
      return `${run?.conclusion ?? 'none'}: ${run?.jobs[0]?.log ?? ''}`;
    };
    const refused = await runBuild('ghcr.io/acme/shop:1.0.0', worker);
    expect(refused).toMatch(/^failure: [^]*Image 1, "ghcr\.io\/acme\/shop:1\.0\.0", has no digest/);
    expect((await shopOnly.readRecord()).state.builds.size).toBe(0);
    expect(await runBuild(worker, shop)).toMatch(/^success: /);
    const [registered] = (await shopOnly.readRecord()).state.builds.values();
    expect(registered?.artifacts.map((one) => ('image' in one ? `${one.image}@${one.digest}` : one.name))).toEqual(['shop.txt', shop, worker]);
  } finally {
    await shopOnly.stop();
  }
});

it('a build of a file and two images arrives in staging by their digests', async () => {
  await scene.register('1.0.0-rc.1', scene.landed, [worker, shop]);
  await scene.settle();
  const { run, log } = deployTo('staging');
  expect(run.conclusion, log).toBe('success');
  expect(deployed(log)).toEqual([shop, worker]);
  expect(log).toContain('archive shop 1.0.0-rc.1');
});

it('the same version cannot be registered again with what the tag names now (P02)', async () => {
  await expect(scene.register('1.0.0-rc.1', scene.landed, [worker, moved])).rejects.toThrow('1.0.0-rc.1 is refused');
});

it('production gets the digests that staging had, and the tag carries them (L2)', async () => {
  scene.simulator.clock.advance(soakMilliseconds);
  await scene.settle();
  const { run, log } = deployTo('production');
  expect(run.conclusion, log).toBe('success');
  expect(deployed(log)).toEqual([shop, worker]);
  const [tag] = scene.tags('production');
  expect(parseTagMessage(tag?.message ?? '')?.artifacts.flatMap((one) => ('image' in one ? [`${one.image}@${one.digest}`] : []))).toEqual([shop, worker]);
});
