import { known, namedIn, parseCodeOwners, unknown } from '@sallyport/gates';
import type { CodeOwnersFact, Fact, MergeFacts, Person } from '@sallyport/gates';
import { contents } from './answers/commit.ts';
import { findAccount } from './find-people.ts';
import { checkBlob } from './git-blob.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** In this order; the first that is there counts (GitHub Docs, "About code owners", November 2026). */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;
/** Owners that no other answer has named; each costs a question. */
const mostAsked = 20;

export type CodeOwnersFile = Fact<{ readonly path: string; readonly text: string } | null>;

/** The code owners file of the base branch, without e-mail addresses. null: there is none. */
export async function readCodeOwners(place: Place, base: string): Promise<CodeOwnersFile> {
  const answers = await Promise.all(places.map((path) => place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters: { ...of(place), path, ref: base }, shape: contents, why: 'to read the code owners of the base' })));
  const found = answers.findIndex(({ ok }) => ok);
  const [answer, path] = [answers[found], places[found]];
  if (answer === undefined || !answer.ok || path === undefined) return known(null);
  const { type, sha, content, encoding } = answer.data;
  if (type !== 'file' || sha === null || typeof content !== 'string' || encoding !== 'base64') return unknown(`${path} of the base is no plain file that GitHub sends`);
  const text = decode(checkBlob(Buffer.from(content, 'base64'), sha));
  return text === null ? unknown(`${path} of the base is not UTF-8 text`) : known({ path, text: withoutAddresses(text) });
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Facts are kept for ever, and addresses are nobody's business. What is left in their place names nobody, but is still an owner. */
const withheld = 'withheld@address.invalid';

function withoutAddresses(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split(/(\s+)/).map((word, index) => (isAddress(word) && (index > 0 || word.startsWith('#')) ? withheld : word)).join(''))
    .join('\n');
}

/** An `@` that does not begin the word. The first word of a line is a path, where it may stand for itself. */
const isAddress = (word: string): boolean => word.indexOf('@', 1) > 0;

/** Whom the logins in the file belong to now. `accounts` are people GitHub has just named, so they need not be asked for. */
export async function gatherCodeOwners(place: Place, file: CodeOwnersFile, accounts: readonly Person[]): Promise<MergeFacts['codeOwners']> {
  if ('unknown' in file) return file;
  if (file.known === null) return known(null);
  const byLogin = new Map(accounts.map((person) => [person.login.toLowerCase(), person]));
  const { logins } = namedIn(parseCodeOwners(file.known.text));
  const unnamed = logins.filter((login) => !byLogin.has(login));
  const asked = new Set(unnamed.slice(0, mostAsked));
  const personOf = async (login: string): Promise<CodeOwnersFact['accounts'][number]['person']> => {
    const named = byLogin.get(login);
    if (named !== undefined) return known(named);
    return asked.has(login) ? known(await findAccount(place, login)) : unknown(`${unnamed.length} owners have to be looked up, and only ${mostAsked} are`);
  };
  return known({ ...file.known, accounts: await Promise.all(logins.map(async (login) => ({ login, person: await personOf(login) }))) });
}
