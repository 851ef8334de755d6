import { isFullSha, type ObjectStore } from './object-store.ts';
import { readLooseRefs } from './loose-refs.ts';
import { GitFailure, gitText, runGit, tryGit } from './run-git.ts';

export const zeroSha = '0'.repeat(40);

export type GitPerson = { readonly name: string; readonly email: string; readonly date: string; readonly at: number };
export type CommitObject = {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitPerson;
  readonly committer: GitPerson;
  readonly message: string;
};

const isPlainName = (name: string): boolean => name !== '' && !name.startsWith('-') && !/[\s~^:?*[\\]|\.\.|@\{/.test(name);

/** The commit a branch, tag, full ref or SHA names; null when there is none. Branches win over tags, as at GitHub. */
export async function resolveCommit(objects: ObjectStore, name: string): Promise<string | null> {
  if (!isPlainName(name)) return null;
  for (const ref of [`refs/heads/${name}`, `refs/tags/${name}`, name]) {
    const sha = ref.startsWith('refs/') ? await readRef(objects, ref) : await resolveName(objects, ref);
    const commit = sha === null ? null : await peel(objects, sha, 'commit');
    if (commit !== null) return commit;
  }
  return null;
}

/** A name that is no full ref. Git looks for the start of a SHA among objects it once listed, so that is asked of a fresh process. */
async function resolveName(objects: ObjectStore, name: string): Promise<string | null> {
  if (isFullSha(name)) return name;
  const sha = await tryGit(objects.gitDir, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  return sha === '' ? null : sha;
}

/** The commit or tree an object leads to, through tags and commits; null when it leads to none. */
export async function peel(objects: ObjectStore, sha: string, to: 'commit' | 'tree'): Promise<string | null> {
  return isFullSha(sha) ? objects.remember(`peel ${sha} ${to}`, async () => (await objects.info(`${sha}^{${to}}`))?.sha ?? null) : null;
}

/** What a full ref points at (a tag object for annotated tags); null when it does not exist. */
export async function readRef(objects: ObjectStore, ref: string): Promise<string | null> {
  return (await readRefEntry(objects, ref))?.sha ?? null;
}

/** As `readRef`, with the type of what it points at. */
export async function readRefEntry(objects: ObjectStore, ref: string): Promise<RefEntry | null> {
  if (!isPlainName(ref) || !ref.startsWith('refs/')) return null;
  const [found, ...shadows] = await Promise.all([ref, `refs/heads/${ref}`, `refs/tags/${ref}`].map((name) => objects.info(name)));
  if (found === undefined || found === null) return null;
  // A branch may be called `refs/heads/x`; git takes it for `refs/heads/x` when that is not there, so a namesake needs a closer look.
  if (shadows.some((shadow) => shadow !== null) && (await tryGit(objects.gitDir, ['show-ref', '--verify', '--quiet', ref])) === null) return null;
  return { ref, sha: found.sha, type: found.type };
}

export type RefEntry = { readonly ref: string; readonly sha: string; readonly type: string };

/** Refs under `refs/<prefix>`, matched by prefix of the text as GitHub's matching-refs does, sorted by name. */
export async function listRefs(objects: ObjectStore, prefix: string): Promise<readonly RefEntry[]> {
  const loose = await readLooseRefs(objects.gitDir);
  if (loose !== null) {
    const wanted = loose.filter(({ ref }) => ref.startsWith(`refs/${prefix}`));
    return Promise.all(wanted.map(async ({ ref, sha }) => ({ ref, sha, type: (await objectType(objects, sha)) ?? 'commit' })));
  }
  const text = await gitText(objects.gitDir, ['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)']);
  const entries = text.split('\n').filter((line) => line !== '').map((line) => {
    const [ref = '', sha = '', type = ''] = line.split(' ');
    return { ref, sha, type };
  });
  return entries.filter((entry) => entry.ref.startsWith(`refs/${prefix}`));
}

/** `commit`, `tree`, `blob`, `tag`, or null for an object that is not here. */
export async function objectType(objects: ObjectStore, sha: string): Promise<string | null> {
  return (await objects.header(sha))?.type ?? null;
}

/** Reads and parses one commit; null when `sha` is no commit. */
export async function readCommit(objects: ObjectStore, sha: string): Promise<CommitObject | null> {
  return (await readCommits(objects, [sha]))[0] ?? null;
}

/** Reads several commits, keeping the order; SHAs of anything else are left out. */
export async function readCommits(objects: ObjectStore, shas: readonly string[]): Promise<readonly CommitObject[]> {
  const found = await Promise.all(shas.map((sha) => objects.read(sha)));
  return found.flatMap((object) => (object?.type === 'commit' ? [parseCommit(object.sha, object.bytes.toString('utf8'))] : []));
}

function parseCommit(sha: string, raw: string): CommitObject {
  const split = raw.indexOf('\n\n');
  const headers = raw.slice(0, split).split('\n');
  const value = (key: string): string => headers.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? '';
  return {
    sha,
    tree: value('tree'),
    parents: headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7)),
    author: parsePerson(value('author')),
    committer: parsePerson(value('committer')),
    message: raw.slice(split + 2).replace(/\n+$/, ''),
  };
}

/** `Name <email> 1700000000 +0100` as git writes it in commits and tags. */
export function parsePerson(line: string): GitPerson {
  const open = line.indexOf('<');
  const close = line.lastIndexOf('>');
  const [seconds = '0'] = line.slice(close + 1).trim().split(' ');
  const at = Number(seconds) * 1000;
  return { name: line.slice(0, open).trim(), email: line.slice(open + 1, close), at, date: toSeconds(at) };
}

/** An instant as GitHub writes it: ISO 8601, UTC, whole seconds. */
export function toSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export async function isAncestor(objects: ObjectStore, ancestor: string, descendant: string): Promise<boolean> {
  const ask = async (): Promise<'yes' | 'no' | null> => {
    const near = await walkBack(objects, ancestor, descendant);
    if (near !== null) return near;
    try {
      await runGit(objects.gitDir, ['merge-base', '--is-ancestor', ancestor, descendant]);
      return 'yes';
    } catch (error) {
      if (error instanceof GitFailure && error.exitCode !== null) return error.exitCode === 1 ? 'no' : null;
      throw error;
    }
  };
  const answer = isFullSha(ancestor) && isFullSha(descendant) ? objects.remember(`ancestor ${ancestor} ${descendant}`, ask) : ask();
  return (await answer) === 'yes';
}

/** How many commits are read here before git is asked, which costs a process and then nothing. */
const nearCommits = 60;

/** Whether one commit is among those that lead to another, by reading them; null when they are many, or one of them is none. */
async function walkBack(objects: ObjectStore, ancestor: string, descendant: string): Promise<'yes' | 'no' | null> {
  if ((await objectType(objects, ancestor)) !== 'commit') return null;
  const queue = [descendant];
  const seen = new Set(queue);
  for (let sha = queue.shift(); sha !== undefined; sha = queue.shift()) {
    if (sha === ancestor) return 'yes';
    const commit = seen.size > nearCommits ? null : await readCommit(objects, sha);
    if (commit === null) return null;
    for (const parent of commit.parents.filter((one) => !seen.has(one))) {
      seen.add(parent);
      queue.push(parent);
    }
  }
  return 'no';
}

/** Ranges whose commits can never change: named by full SHAs, without a limit by date or author. */
const isFixed = (range: string): boolean => range.split('..').every(isFullSha);

/** Commits of `range` (as `git rev-list` takes it), newest first unless `oldestFirst`. */
export async function revList(objects: ObjectStore, range: readonly string[], oldestFirst = false): Promise<readonly string[]> {
  const args = ['rev-list', '--topo-order', ...(oldestFirst ? ['--reverse'] : []), ...range];
  const ask = async (): Promise<readonly string[]> => {
    const text = await gitText(objects.gitDir, args);
    return text === '' ? [] : text.split('\n');
  };
  const [only = '', ...rest] = range;
  const fixed = isFixed(only) && rest.every((word) => word === '--');
  return fixed ? ((await objects.remember(args.join(' '), ask)) ?? []) : ask();
}
