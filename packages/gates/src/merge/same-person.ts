import type { PersonPolicy } from '@sallyport/policy';

/** The account that stands for a person: the lowest of the accounts the policy lists together, or the account itself. */
export type PersonOf = (account: number) => number;

export function personOf(people: readonly PersonPolicy[]): PersonOf {
  if (people.length === 0) return (account) => account;
  const standsFor = new Map<number, number>();
  for (const { accounts } of people) {
    const first = Math.min(...accounts);
    for (const account of accounts) standsFor.set(account, first);
  }
  return (account) => standsFor.get(account) ?? account;
}
