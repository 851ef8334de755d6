import type { BareRepository } from './bare-repository.ts';
import { GitProblem } from './run-git.ts';

/** How much git may print at once. */
export const mostBytes = 256 * 1024 * 1024;
/** Of a ledger's entries a few MiB. */
const objectsAtOnce = 2000;

/** The bytes of objects that git has, by name. Throws GitProblem where one is not there, or is of another type. */
export async function readObjects({ succeed }: BareRepository, type: 'blob' | 'tag', names: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>();
  for (let from = 0; from < names.length; from += objectsAtOnce) {
    const asked = names.slice(from, from + objectsAtOnce);
    const { bytes: printed } = await succeed(['cat-file', '--batch'], { input: `${asked.join('\n')}\n`, mostBytes });
    for (const [name, object] of splitBatch(printed, type, asked)) bytes.set(name, object);
  }
  return bytes;
}

/** What `git cat-file --batch` prints for each name in turn: `<name> <type> <size>`, a newline, the bytes, a newline. */
function splitBatch(printed: Uint8Array, type: 'blob' | 'tag', asked: readonly string[]): readonly (readonly [string, Uint8Array])[] {
  let position = 0;
  return asked.map((name) => {
    const end = printed.indexOf(0x0a, position);
    const header = Buffer.from(printed.subarray(position, Math.max(end, position))).toString('utf8');
    const size = header.startsWith(`${name} ${type} `) ? header.slice(`${name} ${type} `.length) : '';
    const from = end + 1;
    position = from + Number(size) + 1;
    if (!/^\d+$/.test(size) || position > printed.length) throw new GitProblem(`git cat-file did not give ${name}`);
    // A copy of its own: a part would keep everything that git printed.
    return [name, Uint8Array.from(printed.subarray(from, position - 1))];
  });
}
