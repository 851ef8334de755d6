import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import semver from 'semver';
import { applyPlan } from './apply-plan.ts';
import { buildRelease, compareBuilds } from './build-release.ts';
import type { BuiltRelease } from './build-release.ts';
import { builderFor } from './builder.ts';
import type { Builder } from './builder.ts';
import { gitIn } from './git.ts';
import type { Git } from './git.ts';
import type { ReleaseOptions } from './options.ts';
import { planRelease } from './plan-release.ts';
import type { ReleasePlan } from './plan-release.ts';
import { readReadiness } from './readiness.ts';
import type { Readiness } from './readiness.ts';
import type { Registry } from './registry.ts';
import { ReleaseError } from './release-error.ts';
import { releasedVersions } from './remote-refs.ts';
import { renderPlan } from './render-plan.ts';
import { settleRelease } from './settle-release.ts';
import { checksumsOf, statementOf, subjectsOf } from './statement.ts';

export type Release = {
  readonly root: string;
  readonly options: ReleaseOptions;
  readonly builder: Builder;
  readonly registry: Registry;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly report: (text: string) => void;
  readonly progress: (text: string) => void;
};

/** Checks, builds, plans, shows, and, unless it is a dry run, applies. Nothing leaves this machine before everything has been checked. */
export async function runRelease(release: Release): Promise<ReleasePlan> {
  const { root, options, registry, report, progress } = release;
  const git = gitIn(root);
  const readiness = await readReadiness(git, { root, remote: options.remote, branch: options.branch });
  if (!options.dryRun) refuse(readiness.problems);
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-release-'));
  try {
    const built = await build(release, git, readiness, folder);
    compareWithRehearsal(release, built);
    const files = writeFiles(release, built);
    const plan = await planFrom(built, readiness, registry);
    if (options.dryRun) await rehearse(plan, registry);
    report(renderPlan({ release: built, plan, remote: options.remote, problems: readiness.problems, files }));
    if (options.dryRun) report('\nThis was a dry run: nothing was pushed or published.');
    else {
      refuse(plan.problems);
      await applyPlan(plan.steps, { git, remote: options.remote, built: built.folder, registry, progress });
      report(`\nReleased ${built.version}.`);
    }
    return plan;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new ReleaseError('not-ready', `Nothing is released:\n${problems.map((problem) => `- ${problem}`).join('\n')}`, { next: '`npm run release -- --dry-run` shows the rest of the plan.' });
}

/** The second clone lies elsewhere, has another path's length, and installs its dependencies for itself. */
async function build({ root, options, builder, progress }: Release, git: Git, { head, remote }: Readiness, folder: string): Promise<BuiltRelease> {
  const settle: Parameters<typeof buildRelease>[0]['settle'] = (made, version) => settleRelease(git, remote, options.remote, made, version);
  const first = await buildRelease({ root, source: head, folder: join(folder, 'first'), builder, settle, progress });
  if (!options.twice) return first;
  const installing = options.modules === 'link' ? builderFor(root, 'install') : builder;
  const second = await buildRelease({ root, source: head, folder: join(folder, 'a second clone', 'deeper', 'sallyport'), builder: installing, settle, progress });
  progress(`two clones gave the same ${compareBuilds(first, second)} digests`);
  return first;
}

/** What was rehearsed and signed is what goes out, to the byte. */
function compareWithRehearsal({ root, options }: Release, built: BuiltRelease): void {
  if (options.expect === null) return;
  const path = resolve(root, options.expect);
  const expected = new Set(readLines(path));
  const made = checksumsOf(subjectsOf(built)).trim().split('\n');
  const other = [...made.filter((line) => !expected.has(line)), ...[...expected].filter((line) => !made.includes(line))];
  if (other.length === 0) return;
  const names = [...new Set(other.map((line) => line.split('  ')[1] ?? line))].sort();
  throw new ReleaseError('not-packed', `What was built is not what ${options.expect} says: ${names.join(', ')}.`, { next: 'Rehearse again with the same Node: `npm run release -- --dry-run --twice`.' });
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch (cause) {
    throw new ReleaseError('bad-input', `${path}, which --expect names, could not be read.`, { next: 'Give the SHA256SUMS that a dry run wrote.', cause });
  }
}

/** Tarballs, checksums and the statement, where a workflow finds them. Returns their paths. */
function writeFiles({ root, options, environment }: Release, built: BuiltRelease): readonly string[] {
  const out = resolve(root, options.out);
  mkdirSync(out, { recursive: true });
  const write = (name: string, text: string): string => {
    writeFileSync(join(out, name), text);
    return join(out, name);
  };
  const tarballs = built.packages.map(({ tarball }) => {
    copyFileSync(tarball, join(out, basename(tarball)));
    return join(out, basename(tarball));
  });
  const statement = write(`sallyport-${built.version}.unsigned.intoto.json`, statementOf(built, environment));
  return [...tarballs, write('SHA256SUMS', checksumsOf(subjectsOf(built))), statement].map((path) => relative(root, path));
}

async function planFrom(built: BuiltRelease, { remote }: Readiness, registry: Registry): Promise<ReleasePlan> {
  const { version, commit, tagObject } = built;
  const packages = await Promise.all(built.packages.map(async ({ manifest, tarball, integrity }) => ({ name: manifest.name, tarball, integrity, published: await registry.published(manifest.name, version) })));
  return planRelease({ version, commit, tagObject, existingTag: remote.tags.get(`v${version}`)?.object ?? null, majorTag: remote.tags.get(`v${semver.major(version)}`) ?? null, released: releasedVersions(remote), packages });
}

/** npm's own dry run of every package that would be published. */
async function rehearse({ steps }: ReleasePlan, registry: Registry): Promise<void> {
  for (const step of steps) if (step.step === 'publish' && step.state === 'to-do') await registry.publish(step.tarball, { distTag: step.distTag, dryRun: true });
}
