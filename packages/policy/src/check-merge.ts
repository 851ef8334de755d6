import { renderPath, renderValue } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { test } from './schema-merge.ts';

/** The check the merge gate itself posts. */
const OWN_CHECK = 'sallyport/merge';
/** Id of the GitHub Actions App: every workflow of a pull request can post any check in its name. */
const ACTIONS_APP = 15_368;

export function checkMerge(file: RawGroup, report: Report): void {
  const merge = groupOf(file['merge']);
  if (merge === null) return;
  checkTests(merge['tests'], report);
  reportRepeated(merge['into'], ['merge', 'into'], report);
}

function checkTests(tests: unknown, report: Report): void {
  const seen = new Map<string, string>();
  eachValid(tests, test, ({ check, workflow, app }, key) => {
    const path = ['merge', 'tests', Number(key)];
    const place = renderPath(path);
    if (workflow === undefined && app === undefined) {
      report('no-source', path, `${place} does not say where the check ${renderValue(check)} must come from; add workflow or app, or anybody could post it.`);
    } else if (workflow !== undefined && app !== undefined) {
      report('two-sources', path, `${place} names a workflow and an app; a check comes from one of them, so remove the other.`);
    }
    if (app === ACTIONS_APP) {
      report('forgeable-source', [...path, 'app'], `${place}.app is GitHub Actions, in whose name any workflow of a pull request can post any check; name the workflow instead.`);
    }
    if (check === OWN_CHECK) {
      report('own-check', [...path, 'check'], `${place}.check is the check this gate posts itself, so it would wait for itself; remove the test.`);
    }
    const identity = JSON.stringify([check, workflow, app]);
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, place);
    else report('repeated', path, `${place} is the same test as ${first}; remove one.`);
  });
}
