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
  /** Reads what is there now. Gives the names of the entries' blobs as they were before and are now. */
  refresh(): Promise<{ readonly moved: boolean; readonly before: readonly string[]; readonly now: readonly string[] }>;
};

export function createRecordReader({ gitDir, objects }: Repository): RecordReader {
  const entries: RawEntry[] = [];
  let blobs: readonly string[] = [];
  let checkpoint: string | null = null;
  let commit: string | null = null;
  const tags = new Map<string, RawTag>();
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
      return entries;
    },
    get blobs() {
      return blobs;
    },
    get checkpoint() {
      return checkpoint;
    },
    refresh: async () => {
      const before = blobs;
      const tip = readRef(gitDir, 'refs/heads/sallyport-ledger');
      if (tip === commit) return { moved: false, before, now: blobs };
      commit = tip;
      const root = tip === null ? new Map<string, string>() : await readTree(/^tree ([0-9a-f]{40})$/m.exec((await bytesOf(tip)).toString('utf8'))?.[1] ?? '');
      blobs = await listBlobs(root);
      checkpoint = root.has('checkpoint') ? (await bytesOf(root.get('checkpoint') ?? '')).toString('utf8') : null;
      for (const sha of blobs.slice(entries.length)) entries.push(JSON.parse((await bytesOf(sha)).toString('utf8')) as RawEntry);
      return { moved: true, before, now: blobs };
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
