import { isAbsolute } from 'node:path';
import { parseKeeperKeys } from '@sallyport/pipeline';
import type { KeeperKeys } from '@sallyport/pipeline';
import { InputError } from './input-error.ts';

/** Reads one input as the runner passes it; the empty string is an input that was not given. */
export type ReadInput = (name: string) => string;

/** The gatekeeper's three secrets. Names what is missing and where it belongs; never prints a value. */
export function readKeeperInputs(read: ReadInput): KeeperKeys {
  const parsed = parseKeeperKeys({ appId: { name: '`app-id`', text: read('app-id') }, appKey: { name: '`app-key`', text: read('app-key') }, ledgerKey: { name: '`ledger-key`', text: read('ledger-key') } });
  if (!parsed.ok) throw new InputError('input-invalid', `${parsed.problems.join('; ')}.`, { next: 'They are secrets of the environment `sallyport`: the job needs `environment: sallyport`, and the environment must admit this branch.' });
  return parsed.keys;
}

const booleans = new Map([['', false], ['false', false], ['true', true]]);

/** YAML 1.2 booleans in lower case, as every input of ours; anything else is an error, never `false`. */
export function readBooleanInput(read: ReadInput, name: string): boolean {
  const value = booleans.get(read(name));
  if (value === undefined) throw new InputError('input-invalid', `\`${name}\` is "${read(name)}"; it must be true or false.`, { next: 'Correct it in the workflow file, or leave it out.' });
  return value;
}

/** An absolute path, so that nothing lands in the workspace by mistake; null when it was not given. */
export function readFolderInput(read: ReadInput, name: string): string | null {
  const value = read(name);
  if (value === '') return null;
  if (!isAbsolute(value)) throw new InputError('input-invalid', `\`${name}\` is "${value}"; it must be an absolute path.`, { next: 'Put a folder below ${{ runner.temp }} there, or leave it out.' });
  return value;
}
