import { ascending } from './ascending.ts';
import type { Person } from './facts/shared.ts';

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  let text = words[0] ?? 'nobody';
  for (let index = 1; index < words.length; index += 1) text += `${index === words.length - 1 ? ' and ' : ', '}${words[index]}`;
  return text;
}

/** Who may decide about a change: said in one way, wherever a step or a remedy names them. */
export const someoneElse = 'someone with permission who had no part in the change';
export const administrator = 'an administrator of the repository';

/** The first three of many: `a, b, c and 4 more`. */
export const few = (words: readonly string[]): string => (words.length > 4 ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more` : listed(words));

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** People by login, in the order of their ids so that renaming changes no order. */
export const named = (people: readonly Person[]): string => listed(byId(people).map(({ login }) => login));

export const byId = <T extends { readonly id: number }>(items: readonly T[]): readonly T[] => ascending(items, ({ id }) => id);

/** The first twelve hex digits, as people write them. */
export const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

export const shortSha = (sha: string): string => sha.slice(0, 12);

/** Text order that no locale changes. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whole units, largest first: `24 h`, `1 h 30 min`, `45 s`. */
export function duration(seconds: number): string {
  const units = [[3600, 'h'], [60, 'min'], [1, 's']] as const;
  let rest = Math.round(seconds);
  const parts = units.flatMap(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
