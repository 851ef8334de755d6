import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/**
 * Writes an object as git itself keeps a single one, without a git process: those cost more than all else the simulator does.
 * Gives its name. The bytes are taken as they are; trees and commits are the caller's to put right.
 */
export async function writeLooseObject(gitDir: string, type: 'blob' | 'tree' | 'commit', bytes: Uint8Array): Promise<string> {
  const whole = Buffer.concat([Buffer.from(`${type} ${String(bytes.length)}\0`), bytes]);
  const sha = createHash('sha1').update(whole).digest('hex');
  const folder = join(gitDir, 'objects', sha.slice(0, 2));
  const path = join(folder, sha.slice(2));
  if (await isThere(path)) return sha;
  await mkdir(folder, { recursive: true });
  const scratch = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  await writeFile(scratch, deflateSync(whole, { level: 1 }), { mode: 0o444 });
  await rename(scratch, path);
  return sha;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
