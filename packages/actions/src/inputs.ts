import * as z from 'zod';

/** Reads one input as the runner passes it; the empty string is an input that was not given. */
export type ReadInput = (name: string) => string;

const pem = z.string().regex(/^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[\s\S]+\n-----END [A-Z ]*PRIVATE KEY-----\s*$/);

export type KeeperInputs = { readonly appId: number; readonly appKey: string; readonly ledgerKey: string };

/** The gatekeeper's three secrets. Names what is missing and where it belongs; never prints a value. */
export function readKeeperInputs(read: ReadInput): KeeperInputs {
  const problems: string[] = [];
  const appId = Number(read('app-id'));
  if (!Number.isSafeInteger(appId) || appId <= 0) problems.push('`app-id` is not the number of a GitHub App');
  const appKey = normalisePem(read('app-key'));
  if (!pem.safeParse(appKey).success) problems.push('`app-key` is not a private key in PEM');
  const ledgerKey = normalisePem(read('ledger-key'));
  if (!pem.safeParse(ledgerKey).success) problems.push('`ledger-key` is not a private key in PEM');
  if (problems.length > 0) throw new Error(`${problems.join('; ')}. They are secrets of the environment \`sallyport\`: the job needs \`environment: sallyport\`, and the environment must admit this branch.`);
  return { appId, appKey, ledgerKey };
}

/** Secrets stored on one line carry `\n` as two characters. */
const normalisePem = (text: string): string => text.replaceAll('\\n', '\n').trim();

const booleans = new Map([['', false], ['false', false], ['true', true]]);

/** YAML 1.2 booleans in lower case, as every input of ours; anything else is an error, never `false`. */
export function readBooleanInput(read: ReadInput, name: string): boolean {
  const value = booleans.get(read(name));
  if (value === undefined) throw new Error(`\`${name}\` is "${read(name)}"; it must be true or false.`);
  return value;
}
