import { durationSeconds as seconds } from './duration.ts';
import type { BuildPolicy, EnvironmentPolicy, OverridePolicy, Policy, TestPolicy, WindowPolicy } from './policy.ts';
import type { PolicyFile } from './policy-schema.ts';
import type { EnvironmentFile } from './schema-environment.ts';
import type { BuildRulesFile, TestFile } from './schema-merge.ts';
import type { OverrideFile } from './schema-override.ts';
import { resolveCalendar } from './resolve-calendar.ts';
import { resolveFreeze, resolveWindow } from './resolve-windows.ts';
import { window as windowSchema } from './schema-window.ts';
import type { WindowFile } from './schema-window.ts';

/** The window that exists without being declared. */
export const BUILT_IN_WINDOW = 'saturday-morning';
/** The word that says an environment waits for no window. No window may be called so. */
export const ANYTIME = 'anytime';

/** What comes before an environment, with the default that nothing reaches production without staging. */
export function afterOf(name: string, file: EnvironmentFile): { readonly environment: string; readonly soak: string } | null {
  return file.after ?? (name === 'production' ? { environment: 'staging', soak: '24h' } : null);
}

/** The window an environment waits for, or null. An environment that others come before waits unless it says otherwise. */
export function windowOf(name: string, file: EnvironmentFile): string | null {
  if (file.window === ANYTIME) return null;
  return file.window ?? (afterOf(name, file) === null ? null : BUILT_IN_WINDOW);
}

/** Turns a file that passed every check into the policy the gates see. Throws a RangeError on one that did not. */
export function resolvePolicy(file: PolicyFile): Policy {
  const environments = Object.entries(file.environments).map(([name, environment]) => resolveEnvironment(name, environment));
  return {
    version: 1,
    repository: file.repository ?? null,
    merge: {
      into: file.merge.into,
      tests: file.merge.tests.map(resolveTest),
      review: {
        approvals: file.merge.review.approvals,
        permission: file.merge.review.permission,
        sensitive: file.merge.review.sensitive.map(({ paths, approvals, team }) => ({ paths, approvals, team: team ?? null })),
        codeOwners: file.merge.review['code-owners'],
        signatures: file.merge.review.signatures,
        people: file.merge.review.people,
        machines: file.merge.review.machines,
      },
    },
    build: resolveBuild(file.build),
    environments,
    windows: resolveWindows(file.windows, environments),
    freezes: file.freezes.map(resolveFreeze),
    ...(file.calendars === undefined ? {} : { calendars: file.calendars.map(resolveCalendar) }),
    overrides: Object.entries(file.overrides).map(([name, override]) => resolveOverride(name, override)),
    ...(file.notify === undefined ? {} : { notify: file.notify.map(({ to, of, mention }) => ({ to, of, mention: mention ?? [] })) }),
    ledger: file.ledger,
  };
}

function resolveBuild({ workflow, provenance, 'trust-root': trustRoot }: BuildRulesFile): BuildPolicy {
  return { workflow, provenance, ...(trustRoot === undefined ? {} : { trustRoot }) };
}

function resolveTest(file: TestFile): TestPolicy {
  return { ...sourceOf(file), paths: file.paths ?? null, attempts: file.attempts ?? null };
}

type TestSource = TestPolicy extends infer Test ? (Test extends TestPolicy ? Omit<Test, 'paths' | 'attempts'> : never) : never;

function sourceOf({ check, workflow, app, 'status-by': creator }: TestFile): TestSource {
  const sources: TestSource[] = [];
  if (workflow !== undefined) sources.push({ check, from: 'workflow', workflow });
  if (app !== undefined) sources.push({ check, from: 'app', app });
  if (creator !== undefined) sources.push({ check, from: 'status', creator });
  const [source] = sources;
  if (source === undefined || sources.length > 1) throw new RangeError(`test ${check} must come from exactly one place`);
  return source;
}

function resolveEnvironment(name: string, file: EnvironmentFile): EnvironmentPolicy {
  const after = afterOf(name, file);
  return {
    name,
    workflow: file.workflow,
    after: after === null ? null : { environment: after.environment, soakSeconds: seconds(after.soak) },
    window: windowOf(name, file),
    promote: file.promote,
    mustFit: file['must-fit'],
    override: file.override ?? null,
    rollback: file.rollback,
    ...(file['start-within'] === undefined ? {} : { startWithinSeconds: seconds(file['start-within']) }),
    ...(file.health === undefined ? {} : { health: { workflow: file.health.workflow, everySeconds: seconds(file.health.every) } }),
  };
}

function resolveWindows(files: Readonly<Record<string, WindowFile>>, environments: readonly EnvironmentPolicy[]): readonly WindowPolicy[] {
  const declared = Object.entries(files).map(([name, file]) => resolveWindow(name, file));
  const needsBuiltIn = environments.some(({ window }) => window === BUILT_IN_WINDOW) && !Object.hasOwn(files, BUILT_IN_WINDOW);
  return needsBuiltIn ? [...declared, resolveWindow(BUILT_IN_WINDOW, windowSchema.parse({}))] : declared;
}

function resolveOverride(name: string, file: OverrideFile): OverridePolicy {
  return {
    name,
    approvers: file.approvers,
    requires: file.requires,
    waives: file.waives,
    expiresAfterSeconds: seconds(file['expires-after']),
    reviewWithinSeconds: seconds(file['review-within']),
  };
}

