import { parsePageAddress } from '@sallyport/github';
import type { AskLimits } from '@sallyport/github';
import type { HealthTerms } from '@sallyport/pipeline';
import { InputError } from '../../src/input-error.ts';
import { readBooleanInput } from '../../src/inputs.ts';
import type { ReadInput } from '../../src/inputs.ts';

export type ProbeInputs = {
  readonly environment: string;
  readonly looksFor: 'health' | 'drift';
  /** Where to ask, or what an earlier step found. */
  readonly from: { readonly url: URL; readonly limits: AskLimits; readonly attempts: number } | { readonly given: boolean };
  readonly terms: HealthTerms;
  readonly failStep: boolean;
};

/** Reads and checks what the workflow gave. Throws InputError, which never repeats an address. */
export function readProbeInputs(read: ReadInput): ProbeInputs {
  const environment = read('environment');
  if (environment === '') throw wrong('environment', 'is empty', 'Give the name that the policy has for it.');
  const looksFor = read('looks-for');
  if (looksFor !== 'health' && looksFor !== 'drift') throw wrong('looks-for', `is "${looksFor}"`, 'Give health or drift.');
  const terms = { statuses: readStatuses(read), field: readField(read), expected: read('expected') === '' ? null : read('expected') };
  if (terms.expected !== null && (terms.field === null || looksFor === 'drift')) throw wrong('expected', 'is of no use here', 'It is compared with `field` when `looks-for` is health; drift is compared with the ledger.');
  return { environment, looksFor, from: readFrom(read, looksFor, terms), terms, failStep: readBooleanInput(read, 'fail-step') };
}

const wrong = (name: string, what: string, next: string): InputError => new InputError('input-invalid', `\`${name}\` ${what}.`, { next });

function readFrom(read: ReadInput, looksFor: ProbeInputs['looksFor'], { field }: HealthTerms): ProbeInputs['from'] {
  const [url, result] = [read('url'), read('result')];
  if ((url === '') === (result === '')) throw new InputError('input-invalid', url === '' ? 'Neither `url` nor `result` is given.' : 'Both `url` and `result` are given, and they may differ.', { next: 'Give one: the address to ask, or what an earlier step found.' });
  if (url === '') {
    if (result !== 'healthy' && result !== 'unhealthy') throw wrong('result', 'is neither healthy nor unhealthy', 'Give one of the two; an empty outcome of a step that did not run is neither.');
    return { given: result === 'healthy' };
  }
  if (looksFor === 'drift' && field === null) throw wrong('field', 'is empty', 'To look for drift, say where the answer says what runs.');
  const address = parsePageAddress(url);
  if (typeof address === 'string') throw wrong('url', `cannot be asked: ${address}`, 'Give an https address without user name and password.');
  const limits = { timeoutMilliseconds: readNumber(read, 'timeout-seconds', 1, 120) * 1000, maximumBytes: readNumber(read, 'maximum-bytes', 1, 1_048_576), redirects: readNumber(read, 'redirects', 0, 5) };
  return { url: address, limits, attempts: readNumber(read, 'attempts', 1, 5) };
}

function readNumber(read: ReadInput, name: string, from: number, to: number): number {
  const value = /^\d{1,9}$/.test(read(name)) ? Number(read(name)) : NaN;
  if (!(value >= from && value <= to)) throw wrong(name, `is "${read(name)}"`, `Give a whole number from ${from} to ${to}.`);
  return value;
}

function readStatuses(read: ReadInput): readonly number[] {
  const statuses = read('statuses').split(',').map((part) => part.trim());
  if (!statuses.every((status) => /^[1-5]\d\d$/.test(status))) throw wrong('statuses', `is "${read('statuses')}"`, 'Give statuses with commas between, such as 200 or 200,204.');
  return statuses.map(Number);
}

function readField(read: ReadInput): string | null {
  const field = read('field');
  const names = field.split('.');
  if (field !== '' && (names.length > 6 || !names.every((name) => /^[\w-]{1,60}$/.test(name)))) throw wrong('field', `is "${field}"`, 'Give names joined by dots, such as build or app.version.');
  return field === '' ? null : field;
}
