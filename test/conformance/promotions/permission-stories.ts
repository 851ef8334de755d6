import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFor } from '../../../packages/simulator/src/auth/route-permissions.ts';
import { seenIn } from '../parts/story.ts';
import type { PromotionStory } from './story.ts';

type Permissions = Readonly<Record<string, string>>;

/** The permissions that an adopter is told to give the App, as README.md lists them; every App may read metadata. */
export function listedPermissions(readme: string): Permissions {
  const list = /Create a GitHub App with the permissions ([^;]+);/.exec(readme)?.[1];
  if (list === undefined) throw new Error('README.md does not list the permissions of the App.');
  const named = [...list.replace(/\s+/g, ' ').matchAll(/(?:^|, |and )(actions|checks|contents|issues|members|pull requests|deployments|commit statuses) (read|write)/g)];
  return Object.fromEntries<string>([['metadata', 'read'], ...named.map(([, name = '', level = '']) => [name === 'commit statuses' ? 'statuses' : name.replace(' ', '_'), level] as const)]);
}

const base = '/repos/acme/shop';

/** The requests for which a permission is asked that is not on the list, or at a higher level. */
function beyond(listed: Permissions, requests: readonly { readonly method: string; readonly path: string }[]): readonly string[] {
  const needed = requests.flatMap(({ method, path }) => (path.startsWith(base) ? (ruleFor(method, path.slice(base.length)) ?? { permission: `${method} ${path}, which no rule knows`, level: 'write' }) : []));
  const lacking = needed.filter(({ permission, level }) => listed[permission] !== 'write' && listed[permission] !== level);
  return [...new Set(lacking.map(({ permission, level }) => `${permission} ${level} is not listed`))];
}

export const permissionStories = (root: string): readonly PromotionStory[] => {
  const listed = listedPermissions(readFileSync(join(root, 'README.md'), 'utf8'));
  return [
    {
      id: 'X07.1',
      name: 'The gatekeeper asks for more than the listed permissions give: here for one that was struck from the list.',
      says: 'contents write is not listed',
      play: async (attacked, scene) => {
        const requests: { readonly method: string; readonly path: string }[] = [];
        const stop = scene.simulator.beforeRequest((request) => void requests.push(request));
        await scene.register();
        await scene.settle();
        stop();
        return seenIn(beyond(attacked ? { ...listed, contents: 'read' } : listed, requests));
      },
    },
    {
      id: 'X07.2',
      name: 'The App of these stories was given more than is listed, so that nobody would notice what it lacks.',
      says: 'administration',
      play: (attacked, scene) => {
        const app = scene.simulator.world.apps.get(Number(scene.inputs.appId));
        const given: Permissions = { ...(app?.permissions ?? {}), ...(attacked ? { administration: 'write' } : {}) };
        return seenIn(Object.entries(given).filter(([name, level]) => listed[name] !== level).map(([name, level]) => `${name} ${level} is not listed`));
      },
    },
  ];
};
