import { eachValid, groupOf } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { durationSeconds } from './duration.ts';
import { checkHealth } from './check-health.ts';
import { nearestSpelling } from './nearest.ts';
import { renderChoice, renderName, renderNearest, renderPath, renderValue } from './problem.ts';
import { ANYTIME, BUILT_IN_WINDOW, afterOf, windowOf } from './resolve-policy.ts';
import { environment } from './schema-environment.ts';
import type { EnvironmentFile } from './schema-environment.ts';

/** The GitHub environment that holds the keys of the gatekeeper; nothing may be deployed to it. */
const RESERVED = 'sallyport';

export function checkEnvironments(file: RawGroup, report: Report): void {
  const names = Object.keys(groupOf(file['environments']) ?? {});
  const windows = [...new Set([...Object.keys(groupOf(file['windows']) ?? {}), BUILT_IN_WINDOW])];
  const overrides = Object.keys(groupOf(file['overrides']) ?? {});
  const valid = new Map<string, EnvironmentFile>();

  eachValid(groupOf(file['environments']), environment, (value, name) => {
    valid.set(name, value);
    const path = ['environments', name];
    if (name === RESERVED) {
      report('reserved-name', path, 'environments.sallyport: GitHub\'s environment of this name holds the gatekeeper\'s keys, so nothing is deployed to it; choose another name.', { aim: 'key' });
    }
    checkStart(path, value, report);
    checkAfter(name, value, names, report);
    if (value.window !== undefined && value.window !== ANYTIME) {
      reportUnknown('window', [...path, 'window'], value.window, windows, [...new Set([...windows, ANYTIME])], report);
    }
    if (value.promote === 'scheduled' && windowOf(name, value) === null) {
      report('scheduled-without-window', [...path, 'promote'], `${renderPath([...path, 'promote'])} lets a release manager say which window, but ${renderName(name)} has none; give it a window, or write "automatic".`);
    }
    if (value.override !== undefined) reportUnknown('override', [...path, 'override'], value.override, overrides, overrides, report);
  });

  checkHealth(valid, report);
  reportCycles(valid, report);
  const everyoneKnown = valid.size === names.length && names.length > 0;
  if (everyoneKnown && [...valid].every(([name, value]) => windowOf(name, value) === null)) {
    report('no-window', ['environments'], 'No environment waits for a window, so everything is deployed at any time; give the last one a window if that is not meant.', { severity: 'warning', aim: 'key' });
  }
}

/** Runs come minutes late, and nobody waits for one longer than GitHub does (a queued job is ended after a day). */
function checkStart(path: readonly string[], value: EnvironmentFile, report: Report): void {
  const given = value['start-within'];
  if (given === undefined) return;
  const seconds = durationSeconds(given);
  const place = renderPath([...path, 'start-within']);
  if (seconds < 300) report('start-too-soon', [...path, 'start-within'], `${place} is shorter than GitHub may need to start a run; write 5m or more.`);
  if (seconds > 86_400) report('start-too-late', [...path, 'start-within'], `${place} would let a deploy that never starts block ${renderName(path.at(-1) ?? '')} for more than a day; write 24h or less.`);
}

function checkAfter(name: string, value: EnvironmentFile, names: readonly string[], report: Report): void {
  const after = afterOf(name, value);
  if (after === null || names.includes(after.environment)) return;
  if (value.after === undefined) {
    report('unknown-environment', ['environments', name], 'environments.production comes after "staging" unless it says otherwise, and there is no environment "staging"; add it, or name another with "after".', { aim: 'key' });
    return;
  }
  const others = names.filter((other) => other !== name);
  reportUnknown('environment', ['environments', name, 'after', 'environment'], after.environment, others, others, report);
}

function reportUnknown(
  what: 'window' | 'override' | 'environment',
  path: readonly string[],
  named: string,
  existing: readonly string[],
  allowed: readonly string[],
  report: Report,
): void {
  if (existing.includes(named)) return;
  const nearest = nearestSpelling(named, allowed);
  const choice = allowed.length === 0 ? 'there is none; declare it or remove this field' : `there is ${renderChoice(allowed)}`;
  report(`unknown-${what}`, path, `${renderPath(path)} names the ${what} ${renderValue(named)}, which does not exist; ${choice}.${renderNearest(nearest)}`, {
    allowed,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** Follows `after` from every environment; each circle is reported once, at its first environment in file order. */
function reportCycles(environments: ReadonlyMap<string, EnvironmentFile>, report: Report): void {
  const settled = new Set<string>();
  for (const start of environments.keys()) {
    const trail: string[] = [];
    let current: string | undefined = start;
    while (current !== undefined && !settled.has(current) && !trail.includes(current)) {
      trail.push(current);
      const value = environments.get(current);
      current = value === undefined ? undefined : afterOf(current, value)?.environment;
    }
    if (current !== undefined && trail.includes(current)) {
      const circle = [...trail.slice(trail.indexOf(current)), current];
      report('circle', ['environments', current, 'after'], `${renderPath(['environments', current, 'after'])} goes in a circle (${circle.map(renderName).join(' after ')}), so no build could ever start; one of them must come after nothing.`);
    }
    for (const name of trail) settled.add(name);
  }
}
