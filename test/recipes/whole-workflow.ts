import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { soakMilliseconds } from '../acceptance/gatekeeper-repository.ts';
import { startScene } from '../acceptance/gatekeeper-scene.ts';
import type { Scene } from '../acceptance/gatekeeper-scene.ts';
import type { Expectations } from './expect.ts';
import { makeKey, packFiles, restarts, runs, setHealth, startHost } from './host.ts';
import type { Host } from './host.ts';
import { listen } from './listen.ts';
import type { Machine } from './run-script.ts';

/** The whole recipe for virtual machines on the simulated GitHub: promotion tag, the gate's yes or no, the hosts, the probe, and what the ledger makes of it. */
export async function tryWholeWorkflow(machine: Machine, { expect }: Expectations): Promise<void> {
  const stage = mkdtempSync(join(machine.scratch, 'whole-'));
  const key = makeKey(stage, 'deploy');
  const hosts = [await startHost(machine, { stage, name: 'one', deployKey: key }), await startHost(machine, { stage, name: 'two', deployKey: key })] as const;
  const service = await listen((request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end(readFileSync(join(hosts[0].home, 'shop/current', request.url ?? ''))); });
  const scene = await startScene('production', { actions: actionsIn(machine.root), deploy: filled(machine.root, hosts, service.address) });
  try {
    for (const environment of ['staging', 'production']) scene.simulator.admin.setSecret(scene.repository, 'SSH_KEY', readFileSync(key, 'utf8'), environment);
    await play(scene, hosts, { stage, expect });
    expect('every request is as GitHub describes it', scene.simulator.contractMismatches().length === 0, JSON.stringify(scene.simulator.contractMismatches()));
  } finally {
    await scene.stop();
    await service.stop();
    for (const host of hosts) host.stop();
  }
}

async function play(scene: Scene, hosts: readonly [Host, Host], { stage, expect }: { readonly stage: string } & Pick<Expectations, 'expect'>): Promise<void> {
  const register = (version: string): Promise<string> => scene.register(version, scene.landed, [], readFileSync(packFiles(stage, version, { 'index.html': `${version}\n`, 'version.json': JSON.stringify({ version }) })));
  const ended = async (environment: string): Promise<string> => (await scene.readRecord()).state.promotions.get(environment)?.at(-1)?.end?.outcome ?? 'not ended';
  const all = (version: string): boolean => hosts.every((host) => runs(host) === version);

  await register('1.0.0-rc.1');
  await scene.settle();
  expect('the promotion tag deploys to the hosts of staging, and the ledger says succeeded', all('1.0.0-rc.1') && (await ended('staging')) === 'succeeded', log(scene));
  scene.simulator.clock.advance(soakMilliseconds);
  await scene.settle();
  expect('after the soak the same file deploys to production', (await ended('production')) === 'succeeded' && restarts(hosts[1]) === 2, log(scene));

  await scene.ada.send('POST', `/actions/runs/${String(scene.repository.runs.findLast(({ headBranch }) => headBranch?.startsWith('promote/production/') === true)?.id)}/rerun`);
  await scene.simulator.idle();
  expect('run again by hand it is refused, before anything of the hosts is touched', log(scene).includes('new promotion number') && restarts(hosts[0]) === 2 && conclusion(scene) === 'failure', log(scene));

  setHealth(hosts[1].home, 'grep -q rc.1 current/index.html');
  await register('1.0.0-rc.2');
  await scene.settle();
  expect('a host that is not well goes back, and the ledger says failed', runs(hosts[0]) === '1.0.0-rc.2' && runs(hosts[1]) === '1.0.0-rc.1' && (await ended('staging')) === 'failed', log(scene));
}

const lastRun = (scene: Scene) => scene.repository.runs.findLast(({ headBranch }) => headBranch?.startsWith('promote/') === true);
const conclusion = (scene: Scene): string | null => lastRun(scene)?.conclusion ?? null;
const log = (scene: Scene): string => lastRun(scene)?.jobs.map(({ key, log: text }) => `${key}\n${text}`).join('\n') ?? 'There was no run.';

const actionsIn = (root: string): ReadonlyMap<string, string> => new Map(['deploy', 'probe'].map((name) => [`sallyport/sallyport/packages/actions/${name}`, join(root, 'packages/actions', name)]));

/** The recipe with its environments' variables filled in, which the simulated GitHub does not hold, and the hosts' folder. */
function filled(root: string, hosts: readonly Host[], service: string): string {
  const variables: Readonly<Record<string, string>> = { HOSTS: hosts.map(({ address }) => address).join(' '), KNOWN_HOSTS: hosts.map(({ known }) => known).join('\n'), SITE_URL: service };
  return readFileSync(join(root, 'workflows/recipes/virtual-machines.yml'), 'utf8')
    .replace('FOLDER: /srv/shop', 'FOLDER: shop')
    .replaceAll(/: \$\{\{ vars\.(\w+) \}\}(.*)$/gm, (_all, name: string, rest: string) => `: ${JSON.stringify(`${variables[name] ?? ''}${rest}`)}`);
}
