import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { cho, dia, fakeDigest, grantOf, thursdayAt } from '@sallyport/gates/testing';
import { completeList } from '@sallyport/gates';
import { verifyInclusion } from '@sallyport/ledger';
import { columns, reportParts } from './columns.ts';
import { controls } from './controls.ts';
import { readCsv } from './csv-text.ts';
import { createRecord, releaseOf, reportOf, uptoStaging } from './evidence.fixture.ts';
import type { RecordWriter } from './evidence.fixture.ts';
import { link } from './html-text.ts';
import { renderEvidenceCsv } from './render-csv.ts';
import { renderEvidenceHtml } from './render-html.ts';
import { exceptionCodes } from './report.ts';
import type { EvidenceReport } from './report.ts';

const markup = `<img src=x onerror=alert(1)> </dd></article><script>alert(2)</script> "' & \u202egnp.exe`;

let record: RecordWriter;
let report: EvidenceReport;
/** A release under an override whose every word is hostile, by people whose names are. */
beforeAll(async () => {
  record = createRecord();
  const merge = await uptoStaging(record);
  const requester = { ...dia, login: '=cmd|calc' };
  const granted = await record.grant(thursdayAt - 60_000, { requester, reason: `=1+1\n${markup}`, advisory: '@SUM(A1)' });
  const decision = await record.release(releaseOf(merge, { grants: completeList([grantOf({ requester, approvers: [cho], ledgerIndex: granted })]) }), thursdayAt);
  await record.intend(1, decision, thursdayAt, { override: '31' });
  await record.end(1, thursdayAt + 1000, { reason: `-2+3 ${markup}`, build: fakeDigest('b1') });
  report = await reportOf(record);
});

it('shows an image as it is pulled, in the page and in the table', async () => {
  const images = createRecord();
  const shown = `ghcr.io/acme/shop@${fakeDigest('d1')}`;
  await images.build(fakeDigest('b1'), thursdayAt - 1000, { artifacts: [{ image: 'ghcr.io/acme/shop', digest: fakeDigest('d1') }] });
  await images.intend(1, 0, thursdayAt, { build: fakeDigest('b1') });
  const said = await reportOf(images);
  expect(renderEvidenceHtml(said)).toContain(`<li><code>${shown}</code></li>`);
  const table = readCsv(renderEvidenceCsv(said));
  const column = columns.findIndex(({ name }) => name === 'artifacts');
  expect(table.ok && table.rows[1]?.cells[column]).toBe(shown);
});

describe('the page', () => {
  it('shows what people wrote and lets none of it become markup (X02)', () => {
    const page = renderEvidenceHtml(report);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &lt;/dd&gt;&lt;/article&gt;&lt;script&gt;alert(2)&lt;/script&gt; &quot;&#39; &amp;');
    const names = new Set([...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name));
    expect([...names].sort()).toEqual(['!doctype', 'a', 'article', 'b', 'body', 'br', 'caption', 'code', 'dd', 'details', 'div', 'dl', 'dt', 'em', 'footer', 'h1', 'h2', 'h3', 'h4', 'head', 'header', 'html', 'li', 'main', 'meta', 'p', 'pre', 'section', 'span', 'strong', 'style', 'summary', 'table', 'tbody', 'td', 'th', 'thead', 'title', 'tr', 'ul']);
    expect(page).not.toMatch(/\u202e|<script|undefined|\[object|NaN/);
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, slash, name = ''] of renderEvidenceHtml(report).replace(/<style>.*<\/style>/s, '').matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      if (name === 'meta' || name === 'br') continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('allows itself nothing but its own style', () => {
    const page = renderEvidenceHtml(report);
    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? '';
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'"`);
    expect(page).not.toMatch(/<[^>]* (?:style|src|on[a-z]+)=|<link|<script|url\(|@import/);
  });

  it('holds proofs that can be copied out and verified', () => {
    const text = [...renderEvidenceHtml(report).matchAll(/<pre tabindex="0">(\{.*?)<\/pre>/gs)].map(([, proof = '']) => proof.replace(/&quot;/g, '"'));
    const checks = text.map((proof) => verifyInclusion(JSON.parse(proof), record.context.keys));
    expect(checks.map((check) => check.ok && check.entry.body.type)).toEqual(['promotion-intended', 'promotion-ended', 'override-granted']);
  });

  it.each([
    ['javascript:alert(1)', 'x'],
    ['https://user:secret@github.example/', 'x'],
    ['not an address', 'x'],
    ['https://github.example/"><script>', '<a href="https://github.example/%22%3E%3Cscript%3E" rel="noopener noreferrer">x</a>'],
  ])('links %s only if it is a plain web address', (url, expected) => {
    expect(link(url, 'x').html).toBe(expected);
  });
});

describe('the CSV file', () => {
  const read = () => {
    const csv = readCsv(renderEvidenceCsv(report));
    if (!csv.ok) throw new Error(csv.problem);
    const [header, ...rows] = csv.rows.map(({ cells }) => cells);
    return rows.map((cells) => Object.fromEntries((header ?? []).map((name, place) => [name, cells[place] ?? ''])));
  };

  it('has a line for each deployment, its exceptions first, and a proof that verifies', () => {
    const [row, ...more] = read();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ exceptions: 'follow-up-missing override', number: '1', kind: 'emergency', outcome: 'succeeded', change: 'acme/shop#12', reviewers: 'ben (102) 2026-11-23T11:00:00.000Z', decision: 'allow by override', title: 'not recorded', 'rollback to': '', 'override approvers': 'cho (103)' });
    expect(verifyInclusion(JSON.parse(row?.['intent proof'] ?? ''), record.context.keys)).toMatchObject({ ok: true, entry: { body: { type: 'promotion-intended' } } });
  });

  it('holds no cell that a spreadsheet would calculate (X02)', () => {
    const [row = {}] = read();
    expect(Object.entries(row).filter(([, cell]) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect([row['override reason'], row['advisory'], row['override requester'], row['outcome says']]).toEqual([`'=1+1\n${markup}`, "'@SUM(A1)", "'=cmd|calc (104)", `'-2+3 ${markup}`]);
  });
});

describe('the map of controls', () => {
  it('names only columns and parts that the report has', () => {
    const known = new Set([...columns.map(({ name }) => name), ...reportParts]);
    expect(controls.flatMap(({ evidence }) => evidence).filter((name) => !known.has(name))).toEqual([]);
  });

  it('covers every control once', () => {
    const names = controls.map(({ framework, control }) => `${framework} ${control}`);
    expect([names.length, new Set(names).size]).toEqual([36, 36]);
  });

  it('has different names for columns, and for exceptions', () => {
    expect([new Set(columns.map(({ name }) => name)).size, new Set(exceptionCodes).size]).toEqual([columns.length, exceptionCodes.length]);
  });
});
