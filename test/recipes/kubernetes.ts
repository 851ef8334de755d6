import type { Expectations } from './expect.ts';
import { startCluster } from './cluster.ts';
import { runScript } from './run-script.ts';
import type { Machine, ScriptEnd } from './run-script.ts';

const image = (name: string, digit: string): string => `ghcr.io/acme/${name}@sha256:${digit.repeat(64)}`;

/** The recipe for Kubernetes, with the machine's own kubectl. */
export async function tryKubernetes(machine: Machine, { expect }: Expectations): Promise<void> {
  const cluster = await startCluster(image('shop', 'a'));
  const config = { apiVersion: 'v1', kind: 'Config', 'current-context': 'shop', contexts: [{ name: 'shop', context: { cluster: 'shop', user: 'deploy', namespace: 'shop' } }], clusters: [{ name: 'shop', cluster: { server: cluster.address } }], users: [{ name: 'deploy', user: { token: 'of-the-cluster' } }] };
  const deploy = (more: Readonly<Record<string, string>> = {}): Promise<ScriptEnd> => runScript(machine, 'kubernetes', { CLUSTER: JSON.stringify(config), IMAGES: [image('shop-worker', 'c'), image('shop', 'b')].join('\n'), ...more });
  try {
    const missing = await deploy({ IMAGES: image('shop-worker', 'c') });
    expect('a build without that image changes nothing', missing.status === 1 && cluster.image() === image('shop', 'a') && missing.output.includes('no image ghcr.io/acme/shop'), missing.output);
    const container = await deploy({ CONTAINER: 'sidecar' });
    expect('a container that is not there changes nothing', container.status !== 0 && cluster.image() === image('shop', 'a'), container.output);

    const done = await deploy();
    expect('the deployment runs the image by the digest of the build', done.status === 0 && cluster.image() === image('shop', 'b'), done.output);
    expect('and the token is not in the log', !done.output.includes('of-the-cluster'), done.output);

    cluster.mood = 'rewrites';
    const rewritten = await deploy({ IMAGES: image('shop', 'd') });
    expect('an image that the cluster exchanged fails the deploy', rewritten.status === 1 && rewritten.output.includes('instead of'), rewritten.output);
    cluster.mood = 'fails';
    const unready = await deploy({ IMAGES: image('shop', 'e') });
    expect('pods that do not become ready fail the deploy', unready.status === 1 && unready.output.includes('/rollback'), unready.output);
  } finally {
    await cluster.stop();
  }
}
