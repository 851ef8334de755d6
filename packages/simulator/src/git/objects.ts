import { gitText, runGit, tryGit } from './run-git.ts';

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
export async function resolveCommit(gitDir: string, name: string): Promise<string | null> {
  if (!isPlainName(name)) return null;
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, name]) {
    const sha = await tryGit(gitDir, ['rev-parse', '--verify', '--quiet', `${candidate}^{commit}`]);
    if (sha !== null && sha !== '') return sha;
  }
  return null;
}

/** What a full ref points at (a tag object for annotated tags); null when it does not exist. */
export async function readRef(gitDir: string, ref: string): Promise<string | null> {
  if (!isPlainName(ref) || !ref.startsWith('refs/')) return null;
  const sha = await tryGit(gitDir, ['rev-parse', '--verify', '--quiet', ref]);
  return sha === null || sha === '' ? null : sha;
}

export type RefEntry = { readonly ref: string; readonly sha: string; readonly type: string };

/** Refs under `refs/<prefix>`, matched by prefix of the text as GitHub's matching-refs does, sorted by name. */
export async function listRefs(gitDir: string, prefix: string): Promise<readonly RefEntry[]> {
  const text = await gitText(gitDir, ['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)']);
  const entries = text.split('\n').filter((line) => line !== '').map((line) => {
    const [ref = '', sha = '', type = ''] = line.split(' ');
    return { ref, sha, type };
  });
  return entries.filter((entry) => entry.ref.startsWith(`refs/${prefix}`));
}

/** `commit`, `tree`, `blob`, `tag`, or null for an object that is not here. */
export async function objectType(gitDir: string, sha: string): Promise<string | null> {
  return /^[0-9a-f]{40}$/.test(sha) ? tryGit(gitDir, ['cat-file', '-t', sha]) : null;
}

/** Reads and parses one commit; null when `sha` is no commit. */
export async function readCommit(gitDir: string, sha: string): Promise<CommitObject | null> {
  return (await readCommits(gitDir, [sha]))[0] ?? null;
}

/** Reads several commits with one git process, keeping the order; SHAs of anything else are left out. */
export async function readCommits(gitDir: string, shas: readonly string[]): Promise<readonly CommitObject[]> {
  const wanted = shas.filter((sha) => /^[0-9a-f]{40}$/.test(sha));
  if (wanted.length === 0) return [];
  const bytes = await runGit(gitDir, ['cat-file', '--batch'], { input: Buffer.from(`${wanted.join('\n')}\n`) });
  const commits: CommitObject[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at);
    // `<sha> <type> <size>`, or `<sha> missing` without a body.
    const [sha = '', type = '', size] = bytes.toString('utf8', at, end).split(' ');
    at = end + 1;
    if (size === undefined) continue;
    if (type === 'commit') commits.push(parseCommit(sha, bytes.toString('utf8', at, at + Number(size))));
    at += Number(size) + 1;
  }
  return commits;
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

export async function isAncestor(gitDir: string, ancestor: string, descendant: string): Promise<boolean> {
  return (await tryGit(gitDir, ['merge-base', '--is-ancestor', ancestor, descendant])) !== null;
}

/** Commits of `range` (as `git rev-list` takes it), newest first unless `oldestFirst`. */
export async function revList(gitDir: string, range: readonly string[], oldestFirst = false): Promise<readonly string[]> {
  const text = await gitText(gitDir, ['rev-list', '--topo-order', ...(oldestFirst ? ['--reverse'] : []), ...range]);
  return text === '' ? [] : text.split('\n');
}
