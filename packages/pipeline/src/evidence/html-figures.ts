import { html, nothing } from './html-text.ts';
import type { Html } from './html-text.ts';
import type { Recorded } from './recorded.ts';
import type { Availability, ControlEvidence, DeliveryFigures } from './report.ts';
import { describeSeconds, percent, ratioText } from './report-text.ts';

type Row = readonly [string, string, string];

/** The delivery figures, each with what was counted. */
export function renderDelivery({ deployments, leadTime, frequency, recovery, changeFail, rework }: DeliveryFigures): Html {
  const span = ({ medianSeconds, longestSeconds }: DeliveryFigures['leadTime']['total']): string => (medianSeconds === null ? describeSeconds(null) : `${describeSeconds(medianSeconds)}, at most ${describeSeconds(longestSeconds)}`);
  const counted = `${leadTime.changes} ${leadTime.changes === 1 ? 'change' : 'changes'}${leadTime.notCounted === 0 ? '' : `; ${leadTime.notCounted} not counted, because a time is not recorded`}`;
  const rows: readonly Row[] = [
    ['Change lead time', span(leadTime.total), `first push to running in production, median of ${counted}`],
    ['… work', span(leadTime.work), 'first push to merge'],
    ['… staging', span(leadTime.staging), 'merge to the end of the soak, or to the start where an override waived it'],
    ['… waiting for the window', span(leadTime.waiting), 'end of the soak to the start'],
    ['… deploying', span(leadTime.deploying), 'start to the end of the deploy'],
    ['Deployment frequency', `${frequency.perWeek} a week`, `${frequency.succeeded} succeeded in ${frequency.days} days`],
    ['Failed deployment recovery time', span(recovery.time), `end of the failed deployment to the next success; ${recovery.recovered} of ${recovery.failures} recovered`],
    ['Change fail rate', ratioText(changeFail), 'deployments that failed, or that the next one rolled back'],
    ['Deployment rework rate', ratioText(rework), 'deployments under an override or a rollback'],
  ];
  return html`<table class="stack"><caption>As <a href="https://dora.dev/guides/dora-metrics/" rel="noopener noreferrer">dora.dev</a> defines them, as far as the ledger tells, over ${deployments} ${deployments === 1 ? 'deployment' : 'deployments'} that succeeded or failed. Lead times are shown as median and longest; each part has its own median.</caption><thead><tr><th>figure</th><th>value</th><th>what is counted</th></tr></thead><tbody>
${rows.map(([name, value, how]) => html`<tr><td>${name}</td><td class="keep">${value}</td><td class="soft">${how}</td></tr>\n`)}</tbody></table>
`;
}

export function renderAvailability(availability: Recorded<Availability>, zone: string): Html {
  if ('notRecorded' in availability) return html`<p><span class="none">not recorded</span>: ${availability.notRecorded}.</p>\n`;
  const { objective, outages, months } = availability.recorded;
  return html`<table class="stack"><caption>Per calendar month in ${zone}, from ${outages} ${outages === 1 ? 'outage' : 'outages'} given by whoever asked for this report; they are not in the ledger, and time without one counts as up. Promised: ${percent(objective)}. Contractual: (total − unplanned − excluded) / (total − excluded).</caption><thead><tr><th>month</th><th>raw</th><th>contractual</th><th>down</th><th>excluded</th><th>unplanned</th><th>total</th></tr></thead><tbody>
${months.map(
  ({ month, whole, raw, contractual, met, downSeconds, excludedSeconds, unplannedSeconds, totalSeconds }) =>
    html`<tr><td>${month}${whole ? '' : ' (part)'}</td><td data-name="raw">${percent(raw)}</td><td data-name="contractual">${contractual === null ? 'nothing left' : percent(contractual)}${met === null ? nothing : met ? html` <span class="good">met</span>` : html` <span class="bad">missed</span>`}</td><td data-name="down">${describeSeconds(downSeconds)}</td><td data-name="excluded">${describeSeconds(excludedSeconds)}</td><td data-name="unplanned">${describeSeconds(unplannedSeconds)}</td><td data-name="total">${describeSeconds(totalSeconds)}</td></tr>\n`,
)}</tbody></table>
<p class="soft">Excluded is planned outage inside an open window of the policy then in force. Maintenance that overran its window, and what coincides with an unplanned outage, counts as unplanned. Freezes kept in calendar files are not in the ledger and are not taken away from the windows.</p>
`;
}

export function renderControls(controls: readonly ControlEvidence[]): Html {
  return html`<table class="stack"><caption>Which columns (of the CSV file; the cards show the same) are evidence for what. Whether a control is met is the auditor's word, not this report's.</caption><thead><tr><th>control</th><th>asks</th><th>evidence</th></tr></thead><tbody>
${controls.map(({ framework, control, asks, evidence }) => html`<tr><td>${framework}: ${control}</td><td>${asks}</td><td data-name="evidence" class="soft">${evidence.join(', ')}</td></tr>\n`)}</tbody></table>
`;
}
