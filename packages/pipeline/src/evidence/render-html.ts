import { createHash } from 'node:crypto';
import { renderAvailability, renderControls, renderDelivery } from './html-figures.ts';
import { renderDeployment, renderOverview } from './html-deployment.ts';
import { style } from './html-style.ts';
import { html, nothing } from './html-text.ts';
import type { Html } from './html-text.ts';
import { said, unrecorded } from './columns.ts';
import type { Recorded } from './recorded.ts';
import type { EvidenceException, EvidenceReport } from './report.ts';
import { percent, when } from './report-text.ts';

const styleDigest = (): string => createHash('sha256').update(style).digest('base64');

/** The report as one page: no script, nothing fetched, every text from outside escaped. The same report makes the same bytes. */
export function renderEvidenceHtml(report: EvidenceReport): string {
  const repository = said(report.repository, (name) => name);
  const title = `Evidence: ${repository} to ${report.environment}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${{ html: styleDigest() }}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="soft">${when(report.period.from, report.period.zone)} up to ${when(report.period.to, report.period.zone)}. Times in ${report.period.zone}.</p>
${renderNumbers(report)}
</header>
<main>
<h2>Exceptions</h2>
${renderExceptions(report)}
<h2>Production deployments</h2>
${report.deployments.length === 0 ? html`<p class="none">The ledger intends no promotion to ${report.environment} in this time.</p>` : html`${renderOverview(report.deployments, report.period.zone)}${report.deployments.map((row) => renderDeployment(row, report.period.zone))}`}
<h2>Delivery figures</h2>
${renderDelivery(report.delivery)}
<h2>Availability</h2>
${renderAvailability(report.availability, report.period.zone)}
<h2>Completeness, and how to check this report</h2>
${renderChecking(report)}
<h2>Controls</h2>
${renderControls(report.controls)}
</main>
<footer>Read from a verified ledger. Outages, and what GitHub shows where it was compared, are not in it and are named as such. <em>Not recorded</em> means that the ledger does not say; nothing in this report is guessed. The same ledger and the same question, with the same outages and the same GitHub, make the same file, byte for byte.</footer>
</body>
</html>
`.html;
}

function renderNumbers({ deployments, exceptions, availability, completeness }: EvidenceReport): Html {
  const problems = exceptions.filter(({ weight }) => weight === 'problem').length;
  const count = (wanted: string): number => deployments.filter(({ production: { outcome } }) => outcome === wanted).length;
  const months = 'recorded' in availability ? availability.recorded.months : [];
  const contractual = months.flatMap(({ contractual: share }) => share ?? []);
  const tiles: readonly (readonly [string, string])[] = [
    [String(completeness.intended), `intended: ${count('succeeded')} succeeded, ${count('failed')} failed, ${count('abandoned')} abandoned, ${count('refused')} refused, ${count('not-started')} not started, ${count('unknown')} unknown`],
    [String(problems), problems === 1 ? 'problem' : 'problems'],
    [String(exceptions.length - problems), 'to look at: overrides, rollbacks, failures, missed windows'],
    [contractual.length === 0 ? unrecorded : percent(Math.min(...contractual)), 'availability, lowest month'],
  ];
  return html`<ul class="numbers">${tiles.map(([value, label]) => html`<li><b>${value}</b>${label}</li>`)}</ul>`;
}

function renderExceptions({ exceptions, period }: EvidenceReport): Html {
  if (exceptions.length === 0) return html`<p class="good">None.</p>`;
  return html`<ul class="exceptions">
${exceptions.map((exception) => html`<li class="${exception.weight}"><span class="label">${exception.code}</span> ${exception.summary}${whereOf(exception, period.zone)}</li>\n`)}</ul>`;
}

function whereOf({ promotion, at, indexes }: EvidenceException, zone: string): Html {
  const parts = [
    ...(promotion === null || at === null ? [] : [html`<a href="#promotion-${promotion}">#${promotion}</a>`]),
    ...(at === null ? [] : [html`${when(at, zone)}`]),
    ...(indexes.length === 0 ? [] : [html`${indexes.length === 1 ? 'entry' : 'entries'} ${indexes.join(', ')}`]),
  ];
  return parts.length === 0 ? nothing : html`<div class="where">${parts.map((part, place) => html`${place === 0 ? '' : ' · '}${part}`)}</div>`;
}

function renderChecking({ completeness, ledger, period }: EvidenceReport): Html {
  return html`<dl>
<dt>population</dt><dd>Every promotion that the ledger intends for the environment in this time: ${completeness.intended}. Numbers over the whole ledger: ${completeness.numbers}.</dd>
<dt>tags</dt><dd>${compared(completeness.tags, 'promotion tags on GitHub')}</dd>
<dt>deployments</dt><dd>${compared(completeness.deployments, 'deployments that GitHub shows for this time')}</dd>
<dt>ledger</dt><dd>${ledger.origin}, ${ledger.size} entries${ledger.lastEntryAt === null ? '' : `, the last of ${when(ledger.lastEntryAt, period.zone)}`}<br>root <code>${ledger.root}</code></dd>
</dl>
<p>Is the ledger the one you know? <code>sallyport ledger verify --against &lt;a checkpoint you kept&gt;</code>. Would the gates decide the same again? <code>sallyport replay</code>. This is the checkpoint that every proof in this report leads to; keep it:</p>
<pre tabindex="0">${ledger.checkpoint === null ? 'none: the ledger is empty' : { html: checkpointText(ledger.checkpoint) }}</pre>
`;
}

const compared = (count: Recorded<number>, what: string): Html => ('recorded' in count ? html`${count.recorded} ${what}, compared with the ledger` : html`<span class="none">not compared</span> <span class="soft">(${count.notRecorded})</span>`);

/** A signed note has lines of its own, so only its markup is escaped. */
const checkpointText = (note: string): string => note.split('\n').map((line) => html`${line}`.html).join('\n');
