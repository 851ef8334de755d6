import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { eachValid } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { machine, personAccounts } from './schema-merge.ts';

/** Id of the account `github-actions[bot]`: every workflow that may write acts in its name. */
export const actionsAccount = 41_898_282;

/** Each account belongs to one person or machine: in two entries, nobody could say whose it is. */
export function checkPeople(review: RawGroup | null, report: Report): void {
  if (review === null) return;
  const owners = new Map<number, string>();
  const claim = (account: number, owner: PolicyPath, path: PolicyPath): void => {
    const place = renderPath(owner);
    const first = owners.get(account);
    if (first === undefined) owners.set(account, place);
    else report('repeated', path, `${renderPath(path)} is ${account}, which ${first === place ? 'stands there already' : `belongs to ${first}`}; an account is one person's or one machine's, so remove one.`);
  };
  const named = { people: new Map<string, string>(), machines: new Map<string, string>() };
  eachValid(review['people'], personAccounts, ({ name, accounts }, key) => {
    const path = ['merge', 'review', 'people', Number(key)];
    checkName(name, path, named.people, report);
    for (const [index, account] of accounts.entries()) claim(account, path, [...path, 'accounts', index]);
  });
  eachValid(review['machines'], machine, ({ name, account }, key) => {
    const path = ['merge', 'review', 'machines', Number(key)];
    checkName(name, path, named.machines, report);
    claim(account, path, [...path, 'account']);
    if (account === actionsAccount) {
      report('forgeable-source', [...path, 'account'], `${renderPath([...path, 'account'])} is the account of GitHub Actions, as which every workflow of the repository can push, so it would hide whoever made the workflow; let a machine with an account of its own do it.`);
    }
  });
}

function checkName(name: string, path: PolicyPath, seen: Map<string, string>, report: Report): void {
  const first = seen.get(name);
  if (first === undefined) seen.set(name, renderPath(path));
  else report('repeated', [...path, 'name'], `${renderPath(path)} has the name ${renderValue(name)} of ${first}; put them together, or give it another name.`);
}
