import type { Person } from '../facts/shared.ts';

const person = (id: number, login: string): Person => ({ id, login, kind: 'user' });

export const ana = person(101, 'ana');
export const ben = person(102, 'ben');
export const cho = person(103, 'cho');
export const dia = person(104, 'dia');
export const eli = person(105, 'eli');
export const robot: Person = { id: 901, login: 'robot[bot]', kind: 'bot' };

/** An obviously fake object id made of one repeated hex digit pair. */
export const fakeSha = (pair: string): string => pair.repeat(20);
export const fakeDigest = (pair: string): string => `sha256:${pair.repeat(32)}`;

/** Epoch milliseconds of an instant written as ISO 8601 in UTC. */
export const instantOf = (text: string): number => Date.parse(text);
