import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A text file of the repository. */
export type TextFile = { readonly path: string; readonly text: string };

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Steps = { readonly uses?: string; readonly steps?: readonly Step[] };
type Workflow = { readonly on?: unknown; readonly jobs?: Readonly<Record<string, Steps>>; readonly runs?: Steps };
type Load = (text: string) => unknown;

const folders = ['workflows', 'workflows/callers', 'workflows/reusable', 'workflows/own'];

/** The workflow files that adopters get and call, those of our own repository, and our actions. */
export function readWorkflows(root: string): readonly TextFile[] {
  const actions = readdirSync(join(root, 'packages/actions')).map((name) => `packages/actions/${name}/action.yml`).filter((path) => existsSync(join(root, path)));
  const paths = [...folders.flatMap((folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.yml') && name !== 'sallyport.yml').map((name) => `${folder}/${name}`)), ...actions];
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Every package.json of ours. */
export function readPackages(root: string): readonly TextFile[] {
  const paths = ['package.json', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`)];
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Reads YAML with the reader that the simulated GitHub runs workflows with. */
export function yamlReader(root: string): Load {
  const { load } = createRequire(join(root, 'packages/simulator/package.json'))('js-yaml') as { readonly load: Load };
  return load;
}

/** Scripts into which an expression is put as text: whoever chooses its value writes the script (X01). */
export const scriptsWithExpressions = (files: readonly TextFile[], load: Load): readonly string[] =>
  eachStep(files, load).flatMap(({ place, run, with: given = {} }) => {
    const scripts = [run, given['script']].filter((text) => typeof text === 'string');
    return scripts.some((text) => text.includes('${{')) ? [`${place} puts an expression into its script`] : [];
  });

const privileged = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues'];

/** Steps that would fetch or run what a pull request brings, in a workflow that runs with the secrets of the default branch (X03). */
export const runsOfForeignCode = (files: readonly TextFile[], load: Load): readonly string[] =>
  files.flatMap((file) => {
    const { on } = parsed(file, load);
    const events = typeof on === 'object' && on !== null ? Object.keys(on) : [String(on)];
    if (!events.some((event) => privileged.includes(event))) return [];
    return eachStep([file], load).flatMap(({ place, uses, run }) => (run !== undefined || /^(?:\.\/|actions\/(?:checkout|download-artifact|cache)@)/.test(uses ?? '') ? [`${place} takes code or files from outside where secrets are`] : []));
  });

/** Actions and workflows that a name can be moved under (X04). `$/path` is the called workflow's own commit. */
export const unpinnedActions = (files: readonly TextFile[], load: Load): readonly string[] =>
  files.flatMap((file) => {
    const { jobs = {} } = parsed(file, load);
    const used = [...Object.values(jobs).flatMap(({ uses }) => uses ?? []), ...eachStep([file], load).flatMap(({ uses }) => uses ?? [])];
    return used.filter((uses) => !/@[0-9a-f]{40}$|^\$\//.test(uses)).map((uses) => `${file.path} uses ${uses}, which is no commit`);
  });

type Dependencies = Readonly<Record<string, string>>;
type Manifest = Readonly<Partial<Record<'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies' | 'overrides', Dependencies>>>;

/** Dependencies that are not named by an exact version (X04). */
export const inexactVersions = (files: readonly TextFile[]): readonly string[] =>
  files.flatMap(({ path, text }) => {
    const read = JSON.parse(text) as Manifest;
    const named = [read.dependencies, read.devDependencies, read.optionalDependencies, read.peerDependencies, read.overrides].flatMap((one = {}) => Object.entries(one));
    return named.filter(([, version]) => !isExact(version)).map(([name, version]) => `${path} asks for ${name} ${version}, which is no exact version`);
  });

function isExact(version: string): boolean {
  const [numbers = '', ...prerelease] = version.split('-');
  return /^\d+\.\d+\.\d+$/.test(numbers) && /^[0-9A-Za-z.-]*$/.test(prerelease.join('-'));
}

type Lock = { readonly packages: Readonly<Record<string, { readonly link?: boolean; readonly integrity?: string }>> };

/** Packages of the lock file whose bytes nothing vouches for (X04). */
export const unlockedPackages = ({ text }: TextFile): readonly string[] =>
  Object.entries((JSON.parse(text) as Lock).packages)
    .filter(([path, { link, integrity }]) => path.includes('node_modules/') && link !== true && !/^sha512-/.test(integrity ?? ''))
    .map(([path]) => `the lock file has no digest of ${path}`);

function parsed({ path, text }: TextFile, load: Load): Workflow {
  const read = load(text);
  if (typeof read !== 'object' || read === null || !('jobs' in read || 'runs' in read)) throw new Error(`${path} is no workflow and no action.`);
  return read as Workflow;
}

type Placed = Step & { readonly place: string };

const eachStep = (files: readonly TextFile[], load: Load): readonly Placed[] =>
  files.flatMap((file) => {
    const { jobs = {}, runs } = parsed(file, load);
    return [...Object.entries(jobs), ...(runs === undefined ? [] : [['runs', runs] as const])].flatMap(([job, { steps: all = [] }]) => all.map((one, index): Placed => ({ ...one, place: `${file.path} ${job} step ${index + 1}` })));
  });
