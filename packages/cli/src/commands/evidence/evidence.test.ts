import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendEntries } from '@sallyport/ledger';
import type { EntryBody, NewEntry } from '@sallyport/ledger';
import { testContext } from '@sallyport/ledger/testing';
import { decisionDocument, evidenceReport } from '@sallyport/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideOn } from '../../offline/facts-document.ts';
import { parsePolicyText } from '../../policy-file.ts';
import { buildDigest, policyText, releaseFactsDocument, saturday } from '../../testing/example-documents.ts';
import { checkOut } from '../../testing/ledger-folder.ts';
import { runCommand } from '../../testing/run-command.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../../testing/temporary-folder.ts';

const sealed = parsePolicyText(policyText, 'the policy').sealed;
const commit = '1'.repeat(40);

function release(): Extract<EntryBody, { type: 'decision-made' }> {
  const made = decideOn('release', sealed, releaseFactsDocument, { serverAt: Date.parse(saturday.serverAt), localAt: Date.parse(saturday.localAt) }, 'the facts');
  return { type: 'decision-made', gate: 'release', subject: made.subject, outcome: made.outcome, decision: decisionDocument(made), facts: releaseFactsDocument };
}

const bodies: readonly EntryBody[] = [
  { type: 'policy-adopted', digest: sealed.digest, commit: '5'.repeat(40), text: policyText },
  release(),
  { type: 'promotion-intended', environment: 'production', number: 1, tag: 'promote/production/1', build: buildDigest, version: '1.8.0-rc.1', commit, decisionIndex: 1, override: null },
  { type: 'promotion-ended', environment: 'production', number: 1, build: buildDigest, outcome: 'succeeded', reason: 'run 9, attempt 1', runId: 9, startedAt: saturday.serverAt, endedAt: '2026-12-05T15:05:00Z' },
];

let ledger: Awaited<ReturnType<typeof checkOut>>;
let work: TemporaryFolder;
beforeAll(async () => {
  const context = testContext({ at: saturday.serverAt });
  await appendEntries(context, bodies.map((body, index): NewEntry => ({ key: `entry:${index}`, body })));
  ledger = await checkOut(context);
  work = await temporaryFolder({ 'outages.csv': 'from,to,kind,reason\n2026-12-05T06:00:00-08:00,2026-12-05T06:10:00-08:00,unplanned,power\n', 'bad.csv': 'from,to,kind,reason\nsoon,later,maybe,\n' });
});
afterAll(() => Promise.all([ledger.folder.remove(), work.remove()]));

const ask = (...argv: readonly string[]) => runCommand(['evidence', ...argv, ...ledger.argv], { cwd: work.path });
const december = ['--from', '2026-12-01', '--to', '2026-12-31'];
const said = (text: string): string => expect.stringContaining(text) as string;

describe('evidence', () => {
  it('writes JSON to its schema, with the period in the zone of the window', async () => {
    const { exitCode, out, err } = await ask(...december, '--format', 'json', '--outages', 'outages.csv');
    expect([exitCode, err]).toEqual([0, '']);
    const report = evidenceReport.parse(JSON.parse(out));
    expect(report).toMatchObject({ environment: 'production', period: { from: '2026-12-01T08:00:00.000Z', to: '2027-01-01T08:00:00.000Z', zone: 'America/Los_Angeles' }, completeness: { intended: 1, tags: { notRecorded: said('offline') } }, availability: { recorded: { months: [{ unplannedSeconds: 600 }] } } });
  });

  it.each([['csv', 'exceptions,number,environment'], ['html', '<!doctype html>'], ['json', '{"availability"']])('writes the same %s again, to the byte, whatever the clock and the zone of the machine', async (format, beginning) => {
    const once = await ask(...december, '--format', format);
    const later = await runCommand(['evidence', ...december, '--format', format, ...ledger.argv], { cwd: work.path, now: () => 0, zone: 'Asia/Kathmandu' });
    expect(once).toEqual({ exitCode: 0, out: said(beginning), err: said('No list of outages was given') });
    expect(once.out.startsWith(beginning)).toBe(true);
    expect(later).toEqual(once);
  });

  it('writes to a file', async () => {
    expect(await ask(...december, '--format', 'html', '--out', 'report.html')).toMatchObject({ exitCode: 0, out: '', err: said('Written to report.html') });
    expect(await readFile(join(work.path, 'report.html'), 'utf8')).toContain('<title>Evidence: acme/shop to production</title>');
  });

  it('takes instants, and the end is not included', async () => {
    const intended = async (from: string, to: string) => evidenceReport.parse(JSON.parse((await ask('--from', from, '--to', to, '--format', 'json')).out)).completeness.intended;
    expect([await intended('2026-12-05T07:00:00-08:00', '2026-12-05T15:00:01Z'), await intended('2026-12-01', '2026-12-05T15:00:00Z'), await intended('2026-12-05', '2026-12-05')]).toEqual([1, 0, 1]);
  });

  it.each<[string, readonly string[], string]>([
    ['no format', december, '--format'],
    ['another format', [...december, '--format', 'pdf'], 'Allowed choices are csv, json, html'],
    ['no beginning', ['--to', '2026-12-31', '--format', 'csv'], '--from'],
    ['a day that is none', ['--from', '2026-02-30', '--to', '2026-12-31', '--format', 'csv'], 'neither a date nor an instant'],
    ['an end before the beginning', ['--from', '2026-12-31', '--to', '2026-12-01', '--format', 'csv'], 'is not before --to'],
    ['an environment that is not there', [...december, '--format', 'csv', '--environment', 'prod'], 'no environment "prod"'],
    ['outages that are none, each with its line', [...december, '--format', 'csv', '--outages', 'bad.csv'], 'bad.csv:2: kind is neither planned nor unplanned'],
    ['a file that cannot be written', [...december, '--format', 'csv', '--out', 'no/where.csv'], 'cannot be written'],
  ])('refuses %s', async (_name, argv, message) => {
    expect(await ask(...argv)).toMatchObject({ exitCode: 2, out: '', err: said(message) });
  });

  it('is made of no ledger that is not intact', async () => {
    expect(await runCommand(['evidence', ...december, '--format', 'csv', ...ledger.argv, '--origin', 'github.com/acme/other/sallyport'], { cwd: work.path })).toEqual({ exitCode: 1, out: '', err: said('not intact, so it is evidence of nothing') });
  });

  it('publishes the schema of its JSON', async () => {
    const { exitCode, out } = await runCommand(['schema', 'evidence']);
    expect([exitCode, JSON.parse(out)]).toEqual([0, expect.objectContaining({ $id: 'urn:sallyport:evidence:1' })]);
  });
});
