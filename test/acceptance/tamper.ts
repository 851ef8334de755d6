import { join } from 'node:path';
import type { Scene } from './gatekeeper-scene.ts';

/** Commits another text (null: none) for a file on top of a branch, past every rule; gives back what undoes it. A file that is not there yet is empty. */
export function tamper({ git, repository }: Pick<Scene, 'git' | 'repository'>, branch: string, path: string, edit: (text: string) => string | null): () => void {
  const ref = `refs/heads/${branch}`;
  const before = git(['rev-parse', ref]);
  const indexFile = join(repository.gitDir, 'tampered.index');
  git(['read-tree', before], { indexFile });
  const isThere = git(['ls-tree', before, path]) !== '';
  const text = edit(isThere ? `${git(['cat-file', 'blob', `${before}:${path}`])}\n` : '');
  if (text === null) git(['update-index', '--index-info'], { indexFile, input: `0 ${'0'.repeat(40)}\t${path}\n` });
  else git(['update-index', '--add', '--cacheinfo', `100644,${git(['hash-object', '-w', '--stdin'], { input: text })},${path}`], { indexFile });
  git(['update-ref', ref, git(['commit-tree', git(['write-tree'], { indexFile }), '-p', before, '-m', 'Tamper']), before]);
  return () => void git(['update-ref', ref, before]);
}
