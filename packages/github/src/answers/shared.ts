import type { Fact, Person } from '@sallyport/gates';
import { known, unknown } from '@sallyport/gates';
import * as z from 'zod';

/** Shapes that several answers share. Objects are loose: GitHub adds fields; what is used is checked. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
export const id = z.int().positive();
/** ISO 8601 → epoch milliseconds. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const kinds = new Map<string, Person['kind']>([['User', 'user'], ['Bot', 'bot']]);

/** GitHub's simple user → a person. */
export const account = z
  .looseObject({ id, login: z.string().min(1), type: z.string() })
  .transform(({ id: number, login, type }): Person => ({ id: number, login, kind: kinds.get(type) ?? 'other' }));

/** Where GitHub has nobody to name it says null, and for commits sometimes an empty object. */
export const accountOrNobody = z.union([account, z.null(), z.strictObject({}).transform(() => null)]);

export const personFact = (person: Person | null, why: string): Fact<Person> => (person === null ? unknown(why) : known(person));

export const nothing = z.unknown().transform(() => null);
export const bytes = z.instanceof(Uint8Array);
