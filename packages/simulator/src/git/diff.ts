import { isFullSha, type ObjectStore } from './object-store.ts';
import { gitText, runGit } from './run-git.ts';

export type FileChange = {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** SHA of the blob after the change, before it for removed files. */
  readonly blob: string;
};

/** Files changed between two trees or commits. `from` may be the empty tree. */
export async function listChanges(objects: ObjectStore, from: string, to: string): Promise<readonly FileChange[]> {
  const ask = (): Promise<readonly FileChange[]> => compareTrees(objects.gitDir, from, to);
  return isFullSha(from) && isFullSha(to) ? ((await objects.remember(`changes ${from} ${to}`, ask)) ?? []) : ask();
}

async function compareTrees(gitDir: string, from: string, to: string): Promise<readonly FileChange[]> {
  const raw = (await runGit(gitDir, ['diff-tree', '-r', '-z', '-M', '--raw', '--no-abbrev', from, to])).toString('utf8').split('\0');
  const counts = await countLines(gitDir, from, to);
  const changes: FileChange[] = [];
  for (let at = 0; at < raw.length && (raw[at] ?? '') !== ''; ) {
    const [, , before = '', after = '', letter = ''] = (raw[at] ?? '').split(' ');
    const renamed = letter.startsWith('R');
    const path = raw[at + (renamed ? 2 : 1)] ?? '';
    const lines = counts.get(path) ?? { additions: 0, deletions: 0 };
    changes.push({ path, previousPath: renamed ? (raw[at + 1] ?? '') : null, status: statusOf(letter), ...lines, blob: letter === 'D' ? before : after });
    at += renamed ? 3 : 2;
  }
  return changes;
}

function statusOf(letter: string): FileChange['status'] {
  if (letter === 'A') return 'added';
  if (letter === 'D') return 'removed';
  return letter.startsWith('R') ? 'renamed' : 'modified';
}

type Lines = { readonly additions: number; readonly deletions: number };

/** Lines added and removed by path; binary files count none. */
async function countLines(gitDir: string, from: string, to: string): Promise<ReadonlyMap<string, Lines>> {
  const raw = (await runGit(gitDir, ['diff-tree', '-r', '-z', '-M', '--numstat', from, to])).toString('utf8').split('\0');
  const counts = new Map<string, Lines>();
  for (let at = 0; at < raw.length && (raw[at] ?? '') !== ''; ) {
    const [additions = '0', deletions = '0', path = ''] = (raw[at] ?? '').split('\t');
    const renamed = path === '';
    counts.set(renamed ? (raw[at + 2] ?? '') : path, { additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    at += renamed ? 3 : 1;
  }
  return counts;
}

export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Where two histories part; null when they share nothing. */
export async function mergeBase(objects: ObjectStore, one: string, other: string): Promise<string | null> {
  const ask = async (): Promise<string | null> => {
    const text = await gitText(objects.gitDir, ['merge-base', one, other]).catch(() => '');
    return text === '' ? null : text;
  };
  return isFullSha(one) && isFullSha(other) ? objects.remember(`fork ${one} ${other}`, ask) : ask();
}
