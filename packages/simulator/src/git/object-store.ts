import { createBoundedCache } from './bounded-cache.ts';
import { createObjectProcess, type GitObject, type ObjectHeader } from './object-process.ts';

/**
 * A repository's objects. What a full SHA names never changes, so such answers are kept; refs are asked for every time,
 * and so is everything whose answer was no: a push may bring it.
 */
export type ObjectStore = {
  readonly gitDir: string;
  /** What a revision names now; null when it names nothing. */
  info(revision: string): Promise<ObjectHeader | null>;
  /** The object of a full SHA; null when it is not here. */
  read(sha: string): Promise<GitObject | null>;
  /** Type and size of the object of a full SHA; null when it is not here. */
  header(sha: string): Promise<ObjectHeader | null>;
  /** Asks once and keeps the answer, unless it is null. `key` must name the question and full SHAs only. */
  remember<Value extends object | string | boolean>(key: string, ask: () => Promise<Value | null>): Promise<Value | null>;
  /** Ends the git process behind it. */
  close(): Promise<void>;
};

const fullSha = /^[0-9a-f]{40}$/;
export const isFullSha = (text: string): boolean => fullSha.test(text);

/** Bytes of objects kept for each repository. */
const largestObjectsBytes = 32 * 1024 * 1024;
const mostAnswers = 20_000;
/** What an object costs beyond its bytes, roughly. */
const overheadBytes = 256;

export function createObjectStore(gitDir: string): ObjectStore {
  const process = createObjectProcess(gitDir);
  const objects = createBoundedCache<GitObject>(largestObjectsBytes);
  const answers = createBoundedCache<object | string | boolean>(mostAnswers);
  const remember: ObjectStore['remember'] = async <Value extends object | string | boolean>(key: string, ask: () => Promise<Value | null>) => {
    const known = answers.get(key);
    // The key names the question, and with it the type of its answer.
    if (known !== undefined) return known as Value;
    const answer = await ask();
    if (answer !== null) answers.set(key, answer, 1);
    return answer;
  };
  return {
    gitDir,
    info: (revision) => process.info(revision),
    read: async (sha) => {
      if (!isFullSha(sha)) return null;
      const known = objects.get(sha);
      if (known !== undefined) return known;
      const object = await process.contents(sha);
      if (object !== null) objects.set(sha, object, object.sizeBytes + overheadBytes);
      return object;
    },
    header: async (sha) => (isFullSha(sha) ? (objects.get(sha) ?? remember(`header ${sha}`, () => process.info(sha))) : null),
    remember,
    close: () => process.close(),
  };
}
