import { cp, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { JobState } from './job-state.ts';

export type BuiltInResult = { readonly kind: 'done'; readonly outputs: Readonly<Record<string, string>> } | { readonly kind: 'failed'; readonly message: string };
/** Runs a command in the workspace, its output in the log; true when it ended with 0. */
export type Run = (command: string, args: readonly string[]) => Promise<boolean>;
type BuiltIn = (inputs: Readonly<Record<string, string>>, state: JobState, run: Run) => Promise<BuiltInResult>;

const done = (outputs: Readonly<Record<string, string>> = {}): BuiltInResult => ({ kind: 'done', outputs });
const failed = (message: string): BuiltInResult => ({ kind: 'failed', message });

/** Actions that the simulator plays itself, at any version. */
export const builtInActions: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ['actions/checkout', checkout],
  ['actions/setup-node', async () => done({ 'node-version': process.version })],
  ['actions/upload-artifact', upload],
  ['actions/download-artifact', download],
]);

/** Clones with the real git and the job's token; the whole history comes, whatever `fetch-depth` says. */
async function checkout(inputs: Readonly<Record<string, string>>, state: JobState, run: Run): Promise<BuiltInResult> {
  const { repository, contexts, token } = state.request;
  const wanted = inputs['repository'] ?? '';
  if (wanted !== '' && wanted !== `${repository.owner}/${repository.name}`) return failed(`not simulated: checkout of another repository (${wanted}).`);
  const directory = resolve(state.folders.workspace, inputs['path'] ?? '.');
  if (directory !== state.folders.workspace && !directory.startsWith(`${state.folders.workspace}/`)) return failed(`Repository path '${directory}' is not under '${state.folders.workspace}'.`);
  await mkdir(directory, { recursive: true });
  const git = (...args: readonly string[]): Promise<boolean> => run('git', ['-C', directory, '-c', 'advice.detachedHead=false', ...args]);
  const credential = Buffer.from(`x-access-token:${(inputs['token'] ?? '') === '' ? token : (inputs['token'] ?? '')}`).toString('base64');
  state.masker.add(credential);
  const header = `http.${new URL(repository.gitUrl).origin}/.extraheader`;
  const ref = (inputs['ref'] ?? '') === '' ? String(contexts.github['sha']) : (inputs['ref'] ?? '');
  const fetched =
    (await git('init', '--quiet', '--initial-branch=main')) &&
    (await git('remote', 'add', 'origin', repository.gitUrl)) &&
    (await git('config', '--local', header, `AUTHORIZATION: basic ${credential}`)) &&
    (await git('fetch', '--quiet', '--prune', 'origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*', ...fetchAlso(ref)));
  if (!fetched) return failed(`The repository could not be fetched at ${ref}.`);
  const checkedOut = await checkOutRef(ref, String(contexts.github['ref']), (inputs['ref'] ?? '') === '', git);
  if (inputs['persist-credentials'] === 'false') await git('config', '--local', '--unset-all', header);
  return checkedOut ? done({ ref, commit: ref }) : failed(`A branch or tag with the name '${ref}' could not be found.`);
}

const isSha = (ref: string): boolean => /^[0-9a-f]{40}$/.test(ref);
const fetchAlso = (ref: string): readonly string[] => (isSha(ref) || ref.startsWith('refs/pull/') ? [ref] : []);

async function checkOutRef(ref: string, runRef: string, isRunCommit: boolean, git: (...args: readonly string[]) => Promise<boolean>): Promise<boolean> {
  if (isSha(ref)) {
    return isRunCommit && runRef.startsWith('refs/heads/') ? git('checkout', '--quiet', '--force', '-B', runRef.slice(11), ref) : git('checkout', '--quiet', '--force', '--detach', ref);
  }
  if (ref.startsWith('refs/pull/')) return git('checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD');
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  const asBranch = !ref.startsWith('refs/tags/') && (await git('checkout', '--quiet', '--force', '-B', name, `refs/remotes/origin/${name}`));
  return asBranch || git('checkout', '--quiet', '--force', '--detach', `refs/tags/${name}`);
}

async function upload(inputs: Readonly<Record<string, string>>, state: JobState): Promise<BuiltInResult> {
  const name = inputs['name'] ?? 'artifact';
  if (!isPlainName(name)) return failed(`The artifact name is not valid: ${name}.`);
  const target = join(state.request.artifactsFolder, name);
  const paths = (inputs['path'] ?? '').split('\n').map((path) => path.trim()).filter((path) => path !== '');
  if (paths.some((path) => /[*?[!]/.test(path))) return failed('not simulated: patterns in the path of upload-artifact.');
  await mkdir(target, { recursive: true });
  let found = 0;
  for (const path of paths) {
    const source = resolve(state.folders.workspace, path);
    const kind = await kindOf(source);
    if (kind === 'missing') continue;
    found += 1;
    await cp(source, kind === 'folder' ? target : join(target, basename(source)), { recursive: true });
  }
  if (found === 0 && inputs['if-no-files-found'] === 'error') return failed(`No files were found with the provided path: ${paths.join(', ')}. No artifacts will be uploaded.`);
  return done({ 'artifact-id': name });
}

async function download(inputs: Readonly<Record<string, string>>, state: JobState): Promise<BuiltInResult> {
  const directory = resolve(state.folders.workspace, inputs['path'] ?? '.');
  const { artifactsFolder } = state.request;
  await mkdir(directory, { recursive: true });
  const name = inputs['name'] ?? '';
  if (name === '') {
    for (const entry of await readdir(artifactsFolder)) await cp(join(artifactsFolder, entry), join(directory, entry), { recursive: true });
    return done({ 'download-path': directory });
  }
  if (!isPlainName(name) || (await kindOf(join(artifactsFolder, name))) === 'missing') return failed(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  await cp(join(artifactsFolder, name), directory, { recursive: true });
  return done({ 'download-path': directory });
}

const isPlainName = (name: string): boolean => name !== '' && name !== '.' && name !== '..' && !/["<>|*?:\\/\r\n]/.test(name);

async function kindOf(path: string): Promise<'folder' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}
