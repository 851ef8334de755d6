import { imageReference } from '@sallyport/gates';
import type { InclusionProof } from '@sallyport/ledger';
import { people, ruleText, said, unrecorded } from './columns.ts';
import type { BuildEvidence, ChangeEvidence, Deployment, EmergencyEvidence } from './deployment.ts';
import { html, link, nothing } from './html-text.ts';
import type { Html } from './html-text.ts';
import type { Recorded } from './recorded.ts';
import { describeSeconds, when } from './report-text.ts';

const none: Html = html`<span class="none">${unrecorded}</span>`;

/** A value as markup; what is not recorded says why, once the pointer rests on it and in the text after it. */
const shown = <T>(value: Recorded<T>, render: (value: T) => Html): Html => ('recorded' in value ? render(value.recorded) : html`${none} <span class="soft">(${value.notRecorded})</span>`);

const text = (value: string): Html => html`${value}`;
const mono = (value: string): Html => html`<code>${value}</code>`;
const pair = (name: string, value: Html): Html => html`<dt>${name}</dt><dd>${value}</dd>`;
const part = (name: string, pairs: readonly Html[]): Html => html`<section><h4>${name}</h4><dl>${pairs}</dl></section>`;
const list = (items: readonly Html[]): Html => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

/** One deployment as a card: what an auditor asks, in the order in which it is asked. */
export function renderDeployment(row: Deployment, zone: string): Html {
  const title = 'recorded' in row.build ? row.build.recorded.version : 'a build that is not registered';
  return html`<article class="row" id="promotion-${row.number}">
<header><h3>${title} to ${row.environment}, #${row.number}</h3><span class="${outcomeClass(row)}">${row.production.outcome}</span><span class="soft">${row.kind} · ${when(row.production.intendedAt, zone)}</span></header>
<div class="parts">
${productionPart(row, zone)}
${row.emergency === null ? nothing : html`${emergencyPart(row.emergency, zone)}`}
${row.rollback === null ? nothing : rollbackPart(row.rollback, zone)}
${'recorded' in row.changes ? row.changes.recorded.map((change) => changePart(change, zone)) : part('Change', [pair('change', shown(row.changes, () => nothing))])}
${buildPart(row.build, zone)}
${stagingPart(row.staging, zone)}
</div>
${rulesPart(row)}
${proofPart(row)}
</article>
`;
}

/** Every deployment on a line, each a way to its card. */
export function renderOverview(rows: readonly Deployment[], zone: string): Html {
  return html`<table class="stack overview"><thead><tr><th>number</th><th>build</th><th>decided</th><th>kind</th><th>outcome</th><th>approved by</th></tr></thead><tbody>
${rows.map((row) => html`<tr><td><a href="#promotion-${row.number}">#${row.number}</a></td><td>${said(row.build, ({ version }) => version)}</td><td>${said(row.production.decidedAt, (at) => when(at, zone))}</td><td data-name="kind">${row.kind}</td><td data-name="outcome"><span class="${outcomeClass(row)}">${row.production.outcome}</span></td><td data-name="approved by">${approversOf(row)}</td></tr>\n`)}</tbody></table>
`;
}

function approversOf({ changes, emergency }: Deployment): string {
  const reviewers = said(changes, (known) => known.map(({ number, review }) => `#${number} ${said(review, ({ approvals }) => approvals.map(({ person }) => said(person, ({ login }) => login)).join(', '))}`).join('; '));
  return emergency === null ? reviewers : `${reviewers}; override ${said(emergency, ({ approvers }) => approvers.map(({ login }) => login).join(', '))}`;
}

const outcomeClass = ({ production: { outcome } }: Deployment): string => (outcome === 'succeeded' ? 'good' : outcome === 'abandoned' || outcome === 'refused' ? 'soft' : 'bad');

function productionPart({ environment, production, tag }: Deployment, zone: string): Html {
  const { basis, before, uncovered } = production;
  return part(`Why then, and what ran before: ${environment}`, [
    pair('decision', shown(production.decision, (outcome) => html`${outcome} (entry ${production.index})`)),
    pair('decided', shown(production.decidedAt, (at) => text(when(at, zone)))),
    pair(basis === 'rules' ? 'window' : 'why outside', text(ruleText(production, 'window'))),
    pair('soak', text(ruleText(production, 'soak'))),
    pair('started by', text(production.by)),
    pair('ran before', shown(before, (ran) => (ran === null ? text('nothing had been promoted there') : html`${ran.version}, as #${ran.number} since ${when(ran.since, zone)}<br>${mono(ran.build)}`))),
    pair('deploy', html`${shown(production.startedAt, (at) => text(when(at, zone)))} to ${shown(production.endedAt, (at) => text(when(at, zone)))}<br><span class="soft">${production.says}</span>`),
    pair('uncovered', shown(uncovered, (shas) => (shas.length === 0 ? text('no commit came along without a merge decision') : list(shas.map(mono))))),
    pair('tag', mono(tag)),
  ]);
}

function emergencyPart(emergency: Recorded<EmergencyEvidence>, zone: string): Html {
  if ('notRecorded' in emergency) return part('Emergency', [pair('override', shown(emergency, () => nothing))]);
  const { override, reason, advisory, requester, approvers, waives, grantedAt, expiresAt, review } = emergency.recorded;
  return part(`Emergency: override ${override}`, [
    pair('reason', text(reason)),
    pair('advisory', advisory === null ? none : text(advisory)),
    pair('requested by', text(people([requester]))),
    pair('approved by', html`<strong>${people(approvers)}</strong>`),
    pair('waives', text(waives.join(', '))),
    pair('granted', text(when(grantedAt, zone))),
    pair('expires', text(when(expiresAt, zone))),
    pair('review', shown(review, ({ issue, dueAt, state, seenAt }) => html`issue #${issue}, due ${when(dueAt, zone)}; ${seenAt === null ? 'no decision has looked at it since' : `${state} when last looked at, ${when(seenAt, zone)}`}`)),
    pair('reviewed', shown(review, ({ reviewedAt, reviewedBy }) => html`${shown(reviewedAt, (at) => text(when(at, zone)))}<br>by whom: ${shown(reviewedBy, (person) => text(people([person])))}`)),
  ]);
}

function rollbackPart({ to, ranAs, from, requester, reason, requestedAt }: NonNullable<Deployment['rollback']>, zone: string): Html {
  return part('Rollback', [
    pair('to', html`${to}, which ran as ${shown(ranAs, (number) => text(`#${number}`))}`),
    pair('from', shown(from, text)),
    pair('requested by', text(people([requester]))),
    pair('requested', text(when(requestedAt, zone))),
    pair('reason', text(reason)),
  ]);
}

function changePart({ id, part: how, url, title, requester, contributors, review, tests, merge }: ChangeEvidence, zone: string): Html {
  return part(`Who approved, what was tested: ${id}`, [
    pair('change', html`${link(url, id)}${how === 'carried' ? html` <span class="soft">came along: it landed earlier and had not been deployed</span>` : nothing}`),
    pair('title', shown(title, text)),
    pair('requester', shown(requester, (person) => text(people([person])))),
    pair('contributors', shown(contributors, (known) => text(people(known)))),
    pair('approved by', shown(review, ({ approvals }) => (approvals.length === 0 ? none : list(approvals.map(({ person, at, url: review_, summary }) => html`<strong>${said(person, (known) => people([known]))}</strong>, ${link(review_, when(at, zone))}<br><span class="soft">${summary}</span>`))))),
    pair('reviewed', shown(review, ({ head, tree, index }) => html`commit ${mono(head)}<br>content ${mono(tree)}<br><span class="soft">merge decision: entry ${index}</span>`)),
    pair('tests', shown(tests, (counted) => (counted.length === 0 ? none : list(counted.map(({ name, conclusion, url: check, run, completedAt }) => html`${link(check, name)}: ${shown(conclusion, text)}${completedAt === null ? '' : `, ${when(completedAt, zone)}`} ${run === null ? nothing : link(run, 'run')}`))))),
    pair('merged', html`${when(merge.at, zone)} as ${mono(merge.commit)}<br>by whom: ${shown(merge.by, (person) => text(people([person])))}`),
  ]);
}

function buildPart(build: Recorded<BuildEvidence>, zone: string): Html {
  if ('notRecorded' in build) return part('Build', [pair('build', shown(build, () => nothing))]);
  const { version, digest, commit, artifacts, workflow, runId, registeredAt, index, provenance } = build.recorded;
  return part('Build', [
    pair('version', text(version)),
    pair('digest', mono(digest)),
    pair('commit', mono(commit)),
    pair('artifacts', list(artifacts.map((artifact) => 'image' in artifact ? mono(imageReference(artifact)) : html`${artifact.name}<br>${mono(artifact.digest)}`))),
    pair('built by', html`${workflow}, run ${runId}`),
    pair('registered', html`${when(registeredAt, zone)} (entry ${index})`),
    pair('provenance', shown(provenance, ({ signer, run, signedAt }) => html`${signer}<br>signed ${when(signedAt, zone)} ${run === null ? nothing : link(run, 'run')}`)),
  ]);
}

function stagingPart(staging: Deployment['staging'], zone: string): Html {
  if ('notRecorded' in staging) return part('Staging', [pair('staging', shown(staging, () => nothing))]);
  const { environment, number, startedAt, healthySince, soakedSeconds, requiredSeconds } = staging.recorded;
  return part('Staging', [
    pair('ran in', html`${environment}, #${number}`),
    pair('started', shown(startedAt, (at) => text(when(at, zone)))),
    pair('healthy since', text(when(healthySince, zone))),
    pair('soaked', html`${describeSeconds(soakedSeconds)}, of ${shown(requiredSeconds, (required) => text(describeSeconds(required)))} required`),
  ]);
}

function rulesPart({ production }: Deployment): Html {
  if (production.rules.length === 0) return nothing;
  return html`<details><summary>Every rule of the decision</summary><table class="stack"><thead><tr><th>rule</th><th>outcome</th><th>what it said</th></tr></thead><tbody>
${production.rules.map(({ rule, outcome, reason, summary }) => html`<tr><td>${rule}</td><td class="keep">${outcome}${reason === 'ok' ? '' : ` (${reason})`}</td><td>${summary}</td></tr>\n`)}</tbody></table>
<p class="soft">Made by the policy ${said(production.policy, (digest) => digest)}.</p></details>
`;
}

function proofPart({ proof }: Deployment): Html {
  const proofs: readonly (readonly [string, InclusionProof | null])[] = [['the intent', proof.intent], ['the outcome', proof.outcome], ['the override as granted', proof.grant]];
  return html`<details><summary>Prove it: entry ${proof.index} of the ledger</summary>
<p>Save a proof to a file and ask <code>sallyport ledger verify-proof proof.json --policy sallyport.yml</code>. It needs no network. A click selects all of it.</p>
${proofs.map(([what, made]) => (made === null ? nothing : html`<p>Proof of ${what}, entry ${made.index}</p><pre tabindex="0">${JSON.stringify(made)}</pre>\n`))}
<p>This row is read from ${proof.entries.map(({ what, index }, place) => html`${place === 0 ? '' : ', '}${what} (${index})`)}. <code>sallyport ledger proof &lt;entry&gt;</code> proves any of them, with the facts of a decision in it.</p></details>
`;
}
