import { known, unknown } from '@sallyport/gates';
import type { Fact, Person } from '@sallyport/gates';

/** Where an address leads: an account by id and login, a login alone, or some other address. */
export type Address = { readonly kind: 'account'; readonly id: number; readonly login: string } | { readonly kind: 'login'; readonly login: string } | { readonly kind: 'other'; readonly address: string };

export type CoAuthor = Address | { readonly kind: 'unreadable' };

/**
 * Every `Co-authored-by` line of a commit message, wherever it stands: one too many only keeps someone from approving.
 * Source: GitHub Docs, "Creating a commit with multiple authors" and "Setting your commit email address" (November 2026).
 */
export function parseCoAuthors(message: string): readonly CoAuthor[] {
  return message
    .split(/\r\n|\r|\n/)
    .flatMap((line) => {
      const match = /^\s*co-authored-by\s*:(.*)$/i.exec(line);
      return match === null ? [] : [parseTrailer(match[1] ?? '')];
    });
}

function parseTrailer(value: string): CoAuthor {
  const address = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(value)?.[1];
  return address === undefined ? { kind: 'unreadable' } : parseAddress(address);
}

export function parseAddress(address: string): Address {
  const local = /^([^@]+)@users\.noreply\.github\.com$/i.exec(address)?.[1];
  if (local === undefined) return { kind: 'other', address: address.toLowerCase() };
  const match = /^(\d{1,15})\+(.+)$/.exec(local);
  return match === null ? { kind: 'login', login: local } : { kind: 'account', id: Number(match[1]), login: match[2] ?? '' };
}

export type Resolving = {
  /** Accounts that GitHub itself tied to an address on commits of the same change, by lower-case address. */
  readonly byAddress: ReadonlyMap<string, Person>;
  /** Accounts that GitHub has just named: an id stays with its account, whatever its login. */
  readonly byId: ReadonlyMap<number, Person>;
  readonly findAccount: (login: string) => Promise<Person | null>;
};

/** Never repeats the address: facts are kept for ever, and addresses are nobody's business. */
export async function resolveCoAuthor(coAuthor: CoAuthor, { byAddress, byId, findAccount }: Resolving): Promise<Fact<Person>> {
  switch (coAuthor.kind) {
    case 'unreadable':
      return unknown('a Co-authored-by line names no address');
    case 'other': {
      const person = byAddress.get(coAuthor.address);
      return person === undefined ? unknown('the address in a Co-authored-by line belongs to no account that can be told') : known(person);
    }
    case 'login':
    case 'account': {
      const named = coAuthor.kind === 'account' ? byId.get(coAuthor.id) : undefined;
      if (named !== undefined) return known(named);
      const person = await findAccount(coAuthor.login);
      if (person === null) return unknown(`a Co-authored-by line names the login ${coAuthor.login}, which no account has now`);
      if (coAuthor.kind === 'account' && person.id !== coAuthor.id) return unknown(`a Co-authored-by line names ${coAuthor.login} with the id ${coAuthor.id}, but that login has another id now`);
      return known(person);
    }
    default:
      return coAuthor satisfies never;
  }
}
