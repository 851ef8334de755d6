import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '@sallyport/simulator';

/** A ledger entry as it lies there: parsed JSON and nothing more. */
export type RawEntry = { readonly index: number; readonly at: string; readonly key: string; readonly body: { readonly type: string } & Readonly<Record<string, unknown>> };
export type RawTag = { readonly name: string; readonly environment: string; readonly number: number; readonly commit: string; readonly message: string };

/** The ledger's branch and the promotion tags, read from git past everything of ours, and only what is new. */
export type RecordReader = {
  readonly entries: readonly RawEntry[];
  /** SHA of each entry's blob, which stands for its bytes. */
  readonly blobs: readonly string[];
  /** The checkpoint's text; null before the first entry. */
  readonly checkpoint: string | null;
  tags(environment: string): Promise<readonly RawTag[]>;
  /** Everything that it remembers from one reading to the next. */
  readonly memory: object;
  /** Reads what is there now. Gives the names of the entries' blobs as they were before and are now. */
  refresh(): Promise<{ readonly moved: boolean; readonly before: readonly string[]; readonly now: readonly string[] }>;
};

type Memory = { readonly entries: RawEntry[]; blobs: readonly string[]; checkpoint: string | null; commit: string | null };

export function createRecordReader({ gitDir, objects }: Repository): RecordReader {
  const tags = new Map<string, RawTag>();
  const memory: Memory = { entries: [], blobs: [], checkpoint: null, commit: null };
  const bytesOf = async (sha: string): Promise<Buffer> => (await objects.read(sha))?.bytes ?? Buffer.alloc(0);

  const readTree = async (sha: string): Promise<ReadonlyMap<string, string>> => {
    const bytes = await bytesOf(sha);
    const found = new Map<string, string>();
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(0, at);
      const [, name = ''] = bytes.toString('utf8', at, end).split(' ');
      found.set(name, bytes.toString('hex', end + 1, end + 21));
      at = end + 21;
    }
    return found;
  };
  const listBlobs = async (root: ReadonlyMap<string, string>): Promise<readonly string[]> => {
    const folders = [...(await readTree(root.get('entries') ?? ''))].sort(([one], [other]) => (one < other ? -1 : 1));
    const found: { readonly index: number; readonly sha: string }[] = [];
    for (const [, folder] of folders) for (const [file, sha] of await readTree(folder)) found.push({ index: Number(file.replace('.json', '')), sha });
    return found.sort((one, other) => one.index - other.index).map(({ sha }) => sha);
  };
  return {
    get entries() {
      return memory.entries;
    },
    get blobs() {
      return memory.blobs;
    },
    get checkpoint() {
      return memory.checkpoint;
    },
    memory,
    refresh: async () => {
      const before = memory.blobs;
      const tip = readRef(gitDir, 'refs/heads/sallyport-ledger');
      if (tip === memory.commit) return { moved: false, before, now: before };
      memory.commit = tip;
      const root = tip === null ? new Map<string, string>() : await readTree(/^tree ([0-9a-f]{40})$/m.exec((await bytesOf(tip)).toString('utf8'))?.[1] ?? '');
      memory.blobs = await listBlobs(root);
      memory.checkpoint = root.has('checkpoint') ? (await bytesOf(root.get('checkpoint') ?? '')).toString('utf8') : null;
      for (const sha of memory.blobs.slice(memory.entries.length)) memory.entries.push(JSON.parse((await bytesOf(sha)).toString('utf8')) as RawEntry);
      return { moved: true, before, now: memory.blobs };
    },
    tags: async (environment) => {
      const found: RawTag[] = [];
      for (const number of namesIn(join(gitDir, 'refs/tags/promote', environment))) {
        const name = `promote/${environment}/${number}`;
        const sha = readRef(gitDir, `refs/tags/${name}`) ?? '';
        const known = tags.get(`${name} ${sha}`) ?? (await readTag(name, environment, Number(number), sha, bytesOf));
        tags.set(`${name} ${sha}`, known);
        found.push(known);
      }
      return found.sort((one, other) => one.number - other.number);
    },
  };
}

async function readTag(name: string, environment: string, number: number, sha: string, bytesOf: (sha: string) => Promise<Buffer>): Promise<RawTag> {
  const text = (await bytesOf(sha)).toString('utf8');
  return { name, environment, number, commit: /^object ([0-9a-f]{40})$/m.exec(text)?.[1] ?? sha, message: text.slice(text.indexOf('\n\n') + 2) };
}

/** Nothing packs refs here, so each is a file. */
function readRef(gitDir: string, ref: string): string | null {
  try {
    return readFileSync(join(gitDir, ref), 'utf8').trim();
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
