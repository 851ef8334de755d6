import { durationSeconds } from './duration.ts';
import { renderName, renderPath } from './problem.ts';
import type { Report } from './raw-file.ts';
import { afterOf } from './resolve-policy.ts';
import type { EnvironmentFile } from './schema-environment.ts';

/** GitHub's schedules tick every five minutes at most (GitHub Docs, "Events that trigger workflows", November 2026). */
const SHORTEST_SECONDS = 300;
/** GitHub gives at most 1,000 runs of a search; the rest is room for probes that people start. */
const MOST_PROBES = 900;

/** Are probes as often as they can be, and no more of them in a soak than can be read? */
export function checkHealth(environments: ReadonlyMap<string, EnvironmentFile>, report: Report): void {
  for (const [name, { health, workflow }] of environments) {
    if (health === undefined) continue;
    const path = ['environments', name, 'health'];
    const every = durationSeconds(health.every);
    if (every < SHORTEST_SECONDS) {
      report('probe-too-often', [...path, 'every'], `${renderPath([...path, 'every'])} is shorter than GitHub's schedules tick; write 5m or more.`);
      continue;
    }
    if (health.workflow === workflow) report('probe-is-deploy', [...path, 'workflow'], `${renderPath([...path, 'workflow'])} is the workflow that deploys to ${renderName(name)}; name one that only looks.`);
    const longest = Math.max(0, ...soaksIn(environments, name));
    if (longest > every * MOST_PROBES) report('too-many-probes', [...path, 'every'], `${renderPath([...path, 'every'])} makes more than ${MOST_PROBES} probes in the longest soak in ${renderName(name)}, more than GitHub lists; write a longer time.`);
  }
}

const soaksIn = (environments: ReadonlyMap<string, EnvironmentFile>, before: string): readonly number[] =>
  [...environments].flatMap(([name, file]) => {
    const after = afterOf(name, file);
    return after?.environment === before ? [durationSeconds(after.soak)] : [];
  });
