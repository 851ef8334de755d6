import { actionsAccount, checkPeople } from './check-people.ts';
import { renderPath, renderValue } from './problem.ts';
import type { PolicyPath } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { test } from './schema-merge.ts';
import type { TestFile } from './schema-merge.ts';

/** The check the merge gate itself posts. */
const OWN_CHECK = 'sallyport/merge';
/** Id of the GitHub Actions App: every workflow of a pull request can post any check in its name. */
const ACTIONS_APP = 15_368;

export function checkMerge(file: RawGroup, report: Report): void {
  const merge = groupOf(file['merge']);
  if (merge === null) return;
  checkTests(merge['tests'], report);
  reportRepeated(merge['into'], ['merge', 'into'], report);
  checkPeople(groupOf(merge['review']), report);
}

function checkTests(tests: unknown, report: Report): void {
  const seen = new Map<string, string>();
  eachValid(tests, test, (entry, key) => {
    const path = ['merge', 'tests', Number(key)];
    const place = renderPath(path);
    checkSource(entry, path, report);
    if (entry.check === OWN_CHECK) {
      report('own-check', [...path, 'check'], `${place}.check is the check this gate posts itself, so it would wait for itself; remove the test.`);
    }
    if (entry.attempts !== undefined && entry.workflow === undefined) {
      report('attempts-without-workflow', [...path, 'attempts'], `${place}.attempts counts the attempts of a workflow run, and this test does not come from a workflow; remove attempts, or name the workflow.`);
    }
    const identity = JSON.stringify([entry.check, entry.workflow, entry.app, entry['status-by']]);
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, place);
    else report('repeated', path, `${place} is the same test as ${first}; remove one.`);
  });
  for (const [index, entry] of Array.isArray(tests) ? tests.entries() : []) {
    reportRepeated(groupOf(entry)?.['paths'], ['merge', 'tests', index, 'paths'], report);
  }
}

function checkSource({ check, workflow, app, 'status-by': creator }: TestFile, path: PolicyPath, report: Report): void {
  const place = renderPath(path);
  const sources = [...(workflow === undefined ? [] : ['workflow']), ...(app === undefined ? [] : ['app']), ...(creator === undefined ? [] : ['status-by'])];
  if (sources.length === 0) {
    report('no-source', path, `${place} does not say where the check ${renderValue(check)} must come from; add workflow, app or status-by, or anybody could post it.`);
  } else if (sources.length > 1) {
    report('two-sources', path, `${place} names ${sources.join(' and ')}; a check comes from one of them, so keep one.`);
  }
  if (app === ACTIONS_APP) {
    report('forgeable-source', [...path, 'app'], `${place}.app is GitHub Actions, in whose name any workflow of a pull request can post any check; name the workflow instead.`);
  }
  if (creator === actionsAccount) {
    report('forgeable-source', [...path, 'status-by'], `${place}.status-by is the account of GitHub Actions, in whose name any workflow of a pull request can post any status; name the workflow instead.`);
  }
}
