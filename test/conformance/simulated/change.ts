import type { Name, Scene } from './scene.ts';

/** Paths with their new content, or the blob that holds it; null removes one. */
export type Files = Readonly<Record<string, string | { readonly blob: string } | null>>;

export type CommitOptions = { readonly by?: Name; readonly parents: readonly string[]; readonly message?: string };

/** One pull request of a story, on a branch of its own. Every act takes some minutes of simulated time, so that nothing is of one second by chance. */
export type Change = {
  readonly scene: Scene;
  readonly branch: string;
  readonly number: () => number;
  readonly head: () => string;
  /** Ana makes the branch and opens the pull request; its tests run to their end. */
  open(files: Files, base?: string): Promise<void>;
  /** A commit that is on no branch yet; gives its id. */
  commit(files: Files, options: CommitOptions): Promise<string>;
  /** Moves the branch. The tests of the new head run to their end. */
  push(sha: string, options?: { readonly by?: Name; readonly force?: boolean }): Promise<void>;
  /** `shown`: the head the reviewer's page showed, when that is not the newest. */
  review(by: Name, event: 'APPROVE' | 'REQUEST_CHANGES', options?: { readonly shown?: string }): Promise<void>;
  tipOf(branch: string): Promise<string>;
  /** Gives the id of a blob with this content, for commits of many files that are all alike. */
  newBlob(content: string): Promise<string>;
  /** Lands something on main that has nothing to do with the pull request; gives the new tip. */
  advanceMain(): Promise<string>;
};

const someMinutes = 300;

export function changeOn(scene: Scene, branch: string): Change {
  const state = { number: 0, head: '' };
  const settle = async (seconds = someMinutes): Promise<void> => {
    await scene.simulator.idle();
    scene.pass(seconds);
  };
  const tipOf = async (name: string): Promise<string> => textAt(await scene.call('ana', `GET /git/ref/heads/${name}`), 'object', 'sha');
  const newBlob = async (content: string): Promise<string> => textAt(await scene.call('ana', 'POST /git/blobs', { content }), 'sha');
  const commit = async (files: Files, { by = 'ana', parents, message = 'Change' }: CommitOptions): Promise<string> => {
    const entries = Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', ...contentOf(content) }));
    const tree = entries.length === 0 ? textAt(await scene.call(by, `GET /git/commits/${parents[0] ?? ''}`), 'tree', 'sha') : textAt(await scene.call(by, 'POST /git/trees', { base_tree: parents[0], tree: entries }), 'sha');
    return textAt(await scene.call(by, 'POST /git/commits', { message, tree, parents }), 'sha');
  };
  return {
    scene,
    branch,
    number: () => state.number,
    head: () => state.head,
    tipOf,
    newBlob,
    commit,
    open: async (files, base = 'main') => {
      state.head = await commit(files, { parents: [await tipOf(base)] });
      await scene.call('ana', 'POST /git/refs', { ref: `refs/heads/${branch}`, sha: state.head });
      scene.pass(5);
      state.number = Number(textAt(await scene.call('ana', 'POST /pulls', { title: branch, head: branch, base }), 'number'));
      await settle();
    },
    push: async (sha, { by = 'ana', force = false } = {}) => {
      await scene.call(by, `PATCH /git/refs/heads/${branch}`, { sha, force });
      state.head = sha;
      await settle();
    },
    review: async (by, event, { shown } = {}) => {
      await scene.call(by, `POST /pulls/${state.number}/reviews`, { event, body: 'Read', ...(shown === undefined ? {} : { commit_id: shown }) });
      scene.pass(someMinutes);
    },
    advanceMain: async () => {
      const tip = await tipOf('main');
      const next = await commit({ [`src/${branch}-elsewhere.txt`]: 'main moves\n' }, { parents: [tip], by: 'cho' });
      await scene.call('cho', 'PATCH /git/refs/heads/main', { sha: next });
      scene.pass(someMinutes);
      return next;
    },
  };
}

function contentOf(content: Files[string]): { readonly content: string } | { readonly sha: string | null } {
  if (content === null) return { sha: null };
  return typeof content === 'string' ? { content } : { sha: content.blob };
}

function textAt(answer: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((node, name) => (node as Readonly<Record<string, unknown>> | null)?.[name], answer);
  if (typeof found === 'string' || typeof found === 'number') return String(found);
  throw new Error(`the answer has no ${path.join('.')}: ${JSON.stringify(answer).slice(0, 200)}`);
}
