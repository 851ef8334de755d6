import type { ServerResponse } from 'node:http';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';

/** rewrites: puts a tag where a digest was given, as an admission webhook may. fails: the rollout gets past its deadline. */
type Mood = 'plain' | 'rewrites' | 'fails';
export type Cluster = Listening & { readonly image: () => string; mood: Mood };

const resources = { kind: 'APIResourceList', groupVersion: 'apps/v1', resources: [{ name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: ['get', 'list', 'patch', 'watch'] }] };
const pods = { kind: 'APIResourceList', groupVersion: 'v1', resources: [{ name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list'] }] };

/** An API server that knows the deployment `shop` with one container of that name, and as much of Kubernetes as kubectl asks of it. */
export async function startCluster(first: string): Promise<Cluster> {
  const state = { image: first, generation: 1 };
  const cluster: { mood: Mood } = { mood: 'plain' };
  const deployment = (): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', namespace: 'shop', generation: state.generation, resourceVersion: String(state.generation), uid: 'a1' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'shop' } }, template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'shop', image: state.image }] } } },
    status: { observedGeneration: state.generation, replicas: 1, updatedReplicas: 1, availableReplicas: 1, ...(cluster.mood === 'fails' ? { availableReplicas: 0, conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] } : {}) },
  });
  const server = await listen((request, response) => {
    const { method, url = '/' } = request;
    const { pathname, searchParams } = new URL(url, 'http://cluster');
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      if (method === 'PATCH') {
        const patch = JSON.parse(body) as { readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } } };
        state.image = patch.spec.template.spec.containers[0]?.image ?? state.image;
        if (cluster.mood === 'rewrites') state.image = state.image.replace(/@sha256:.*/, ':latest');
        state.generation += 1;
      }
      // A watch without events: kubectl goes by the list before it.
      if (searchParams.get('watch') !== null) response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      else reply(response, pathname, deployment);
    });
  });
  return Object.assign(cluster, server, { image: () => state.image });
}

function reply(response: ServerResponse, path: string, deployment: () => object): void {
  const known: Readonly<Record<string, () => object>> = {
    '/api': () => ({ kind: 'APIVersions', versions: ['v1'] }),
    '/api/v1': () => pods,
    '/apis': () => ({ kind: 'APIGroupList', apiVersion: 'v1', groups: [{ name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }], preferredVersion: { groupVersion: 'apps/v1', version: 'v1' } }] }),
    '/apis/apps/v1': () => resources,
    '/apis/apps/v1/namespaces/shop/deployments': () => ({ apiVersion: 'apps/v1', kind: 'DeploymentList', metadata: { resourceVersion: '1' }, items: [deployment()] }),
    '/apis/apps/v1/namespaces/shop/deployments/shop': deployment,
    '/api/v1/namespaces/shop/pods': () => ({ apiVersion: 'v1', kind: 'PodList', metadata: {}, items: [] }),
  };
  const answer = known[path];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404, reason: 'NotFound', message: `${path} is not known` }));
}
