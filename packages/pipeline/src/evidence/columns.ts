import { artifactText } from '@sallyport/gates';
import type { Person } from '@sallyport/gates';
import type { ChangeEvidence, Deployment, EmergencyEvidence } from './deployment.ts';
import type { Recorded } from './recorded.ts';
import type { EvidenceException } from './report.ts';

/** What a row says, as text for people: empty where it does not apply, `not recorded` where the ledger does not say. */
export type Column = { readonly name: string; readonly cell: (row: Deployment, exceptions: readonly EvidenceException[]) => string };

export const unrecorded = 'not recorded';

/** A value as text, or that it is not recorded. */
export const said = <T>(value: Recorded<T>, text: (value: T) => string): string => ('recorded' in value ? text(value.recorded) : unrecorded);

export const people = (list: readonly Person[]): string => list.map(({ login, id }) => `${login} (${id})`).join('; ');

const same = (text: string): string => text;
const changes = (text: (change: ChangeEvidence) => string): Column['cell'] => ({ changes: list }) => said(list, (known) => known.map((change) => (known.length === 1 ? text(change) : `#${change.number}: ${text(change)}`)).join('\n'));
const emergency = (text: (emergency: EmergencyEvidence) => string): Column['cell'] => (row) => (row.emergency === null ? '' : said(row.emergency, text));
const followUp = (text: (review: Extract<EmergencyEvidence['review'], { readonly recorded: unknown }>['recorded']) => string) => emergency(({ review }) => said(review, text));
const build = (text: (build: Extract<Deployment['build'], { readonly recorded: unknown }>['recorded']) => string): Column['cell'] => (row) => said(row.build, text);
const staging = (text: (staging: Extract<Deployment['staging'], { readonly recorded: unknown }>['recorded']) => string): Column['cell'] => (row) => said(row.staging, text);

/** The columns of the CSV file, in order. Names are stable: programs and the map of controls go by them. */
export const columns: readonly Column[] = [
  { name: 'exceptions', cell: ({ number }, exceptions) => exceptions.filter(({ promotion }) => promotion === number).map(({ code }) => code).join(' ') },
  { name: 'number', cell: ({ number }) => String(number) },
  { name: 'environment', cell: ({ environment }) => environment },
  { name: 'tag', cell: ({ tag }) => tag },
  { name: 'kind', cell: ({ kind }) => kind },
  { name: 'outcome', cell: ({ production }) => production.outcome },
  { name: 'change', cell: ({ changes: list }) => said(list, (known) => known.map(({ id }) => id).join('\n')) },
  { name: 'title', cell: changes(({ title }) => said(title, same)) },
  { name: 'requester', cell: changes(({ requester }) => said(requester, (person) => people([person]))) },
  { name: 'contributors', cell: changes(({ contributors }) => said(contributors, people)) },
  { name: 'reviewers', cell: changes(({ review }) => said(review, ({ approvals }) => approvals.map(({ person, at }) => `${said(person, (known) => people([known]))} ${at}`).join('; '))) },
  { name: 'reviewed commit', cell: changes(({ review }) => said(review, ({ head }) => head)) },
  { name: 'reviewed tree', cell: changes(({ review }) => said(review, ({ tree }) => tree)) },
  { name: 'tests', cell: changes(({ tests }) => said(tests, (list) => list.map(({ name, conclusion, run, url }) => `${name} ${said(conclusion, same)} ${run ?? url ?? unrecorded}`).join('; '))) },
  { name: 'merged commit', cell: changes(({ merge }) => merge.commit) },
  { name: 'merged at', cell: changes(({ merge }) => merge.at) },
  { name: 'merged by', cell: changes(({ merge }) => said(merge.by, (person) => people([person]))) },
  { name: 'build', cell: build(({ version }) => version) },
  { name: 'build digest', cell: build(({ digest }) => digest) },
  { name: 'commit', cell: build(({ commit }) => commit) },
  { name: 'artifacts', cell: build(({ artifacts }) => artifacts.map(artifactText).join('\n')) },
  { name: 'build workflow', cell: build(({ workflow }) => workflow) },
  { name: 'build run', cell: build(({ runId }) => String(runId)) },
  { name: 'provenance', cell: build(({ provenance }) => said(provenance, ({ signer, signedAt }) => `${signer} ${signedAt}`)) },
  { name: 'staging', cell: staging(({ environment, number }) => `${environment} ${number}`) },
  { name: 'staging started at', cell: staging(({ startedAt }) => said(startedAt, same)) },
  { name: 'healthy since', cell: staging(({ healthySince }) => healthySince) },
  { name: 'soaked', cell: staging(({ soakedSeconds }) => String(soakedSeconds)) },
  { name: 'soak required', cell: staging(({ requiredSeconds }) => said(requiredSeconds, String)) },
  { name: 'decided at', cell: ({ production }) => said(production.decidedAt, same) },
  { name: 'decision', cell: ({ production }) => said(production.decision, (outcome) => `${outcome} by ${production.basis}`) },
  { name: 'window', cell: ({ production }) => ruleText(production, 'window') },
  { name: 'policy digest', cell: ({ production }) => said(production.policy, same) },
  { name: 'uncovered commits', cell: ({ production }) => said(production.uncovered, (list) => (list.length === 0 ? 'none' : list.join(' '))) },
  { name: 'ran before', cell: ({ production }) => said(production.before, (before) => (before === null ? 'nothing' : `${before.version} ${before.build}`)) },
  { name: 'started at', cell: ({ production }) => said(production.startedAt, same) },
  { name: 'ended at', cell: ({ production }) => said(production.endedAt, same) },
  { name: 'outcome says', cell: ({ production }) => production.says },
  { name: 'started by', cell: ({ production }) => production.by },
  { name: 'rollback to', cell: ({ rollback }) => rollback?.to ?? '' },
  { name: 'rollback requester', cell: ({ rollback }) => (rollback === null ? '' : people([rollback.requester])) },
  { name: 'rollback reason', cell: ({ rollback }) => rollback?.reason ?? '' },
  { name: 'override', cell: emergency(({ override }) => override) },
  { name: 'override reason', cell: emergency(({ reason }) => reason) },
  { name: 'advisory', cell: emergency(({ advisory }) => advisory ?? unrecorded) },
  { name: 'override requester', cell: emergency(({ requester }) => people([requester])) },
  { name: 'override approvers', cell: emergency(({ approvers }) => people(approvers)) },
  { name: 'override granted at', cell: emergency(({ grantedAt }) => grantedAt) },
  { name: 'override expires at', cell: emergency(({ expiresAt }) => expiresAt) },
  { name: 'override review', cell: followUp(({ issue, state }) => `#${issue} ${state}`) },
  { name: 'review due at', cell: followUp(({ dueAt }) => dueAt) },
  { name: 'reviewed at', cell: followUp(({ reviewedAt }) => said(reviewedAt, same)) },
  { name: 'reviewed by', cell: followUp(({ reviewedBy }) => said(reviewedBy, (person) => people([person]))) },
  { name: 'intent entry', cell: ({ proof }) => String(proof.index) },
  { name: 'entries', cell: ({ proof }) => proof.entries.map(({ what, index }) => `${index} ${what}`).join('; ') },
  { name: 'intent proof', cell: ({ proof }) => JSON.stringify(proof.intent) },
  { name: 'outcome proof', cell: ({ proof }) => (proof.outcome === null ? unrecorded : JSON.stringify(proof.outcome)) },
];

/** What a rule of the decision said; not recorded when the decision has no such rule. */
export const ruleText = ({ rules }: Deployment['production'], name: string): string => rules.find(({ rule }) => rule === name)?.summary ?? unrecorded;

/** Parts of the report beside the rows that the map of controls may name. */
export const reportParts: readonly string[] = ['completeness', 'delivery figures', 'availability'];
