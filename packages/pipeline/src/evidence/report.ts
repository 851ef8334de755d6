import * as z from 'zod';
import { deployment } from './deployment.ts';
import { recordedOf } from './recorded.ts';

/** The document that `sallyport evidence --format json` writes. Its schema is closed; a change of its shape is a new number. */
const at = z.iso.datetime();
const seconds = z.int().nonnegative();

/** What an auditor should look at first. `problem`: something is broken, missing or unknown. `attention`: it was allowed, and is no ordinary release. */
export const exceptionCodes = [
  'decision-missing',
  'merge-decision-missing',
  'facts-unreadable',
  'review-missing',
  'own-review',
  'own-override',
  'uncovered-commits',
  'grant-missing',
  'outcome-unknown',
  'not-started',
  'follow-up-missing',
  'follow-up-overdue',
  'follow-up-unknown',
  'number-missing',
  'end-without-intent',
  'tag-unrecorded',
  'tag-disagrees',
  'tag-missing',
  'deployment-unrecorded',
  'failed',
  'override',
  'rollback',
  'abandoned',
  'refused',
  'window-missed',
] as const;

const exception = z
  .strictObject({
    code: z.enum(exceptionCodes),
    weight: z.enum(['problem', 'attention']),
    promotion: z.int().positive().nullable().describe('Number of the promotion it is about.'),
    at: at.nullable(),
    summary: z.string(),
    indexes: z.array(z.int().nonnegative()).readonly().describe('Entries of the ledger that show it.'),
  })
  .readonly();

const span = z.strictObject({ medianSeconds: seconds.nullable(), longestSeconds: seconds.nullable() }).readonly();
const ratio = z.strictObject({ count: z.int().nonnegative(), of: z.int().nonnegative() }).readonly();

const delivery = z
  .strictObject({
    deployments: z.int().nonnegative().describe('Those that reached the environment and ended: succeeded or failed.'),
    leadTime: z
      .strictObject({
        changes: z.int().nonnegative(),
        notCounted: z.int().nonnegative().describe('Changes whose times are not all recorded.'),
        total: span,
        work: span.describe('First push to merge.'),
        staging: span.describe('Merge to the end of the soak, or to the start where the soak was waived.'),
        waiting: span.describe('End of the soak to the start: waiting for the window.'),
        deploying: span.describe('Start to the end of the deploy.'),
      })
      .readonly(),
    frequency: z.strictObject({ succeeded: z.int().nonnegative(), days: z.number().nonnegative(), perWeek: z.number().nonnegative() }).readonly(),
    recovery: z.strictObject({ failures: z.int().nonnegative(), recovered: z.int().nonnegative(), time: span }).readonly(),
    changeFail: ratio.describe('Deployments that failed, or that the next one rolled back.'),
    rework: ratio.describe('Deployments under an override or a rollback.'),
  })
  .readonly();

const month = z
  .strictObject({
    month: z.string().describe('YYYY-MM in the zone of the report.'),
    whole: z.boolean().describe('Whether the report covers all of it.'),
    totalSeconds: seconds,
    downSeconds: seconds.describe('Any outage, planned or not.'),
    excludedSeconds: seconds.describe('Planned outage inside a window, with nothing unplanned at the same time.'),
    unplannedSeconds: seconds.describe('All other outage, maintenance that overran its window among it.'),
    raw: z.number().min(0).max(1),
    contractual: z.number().min(0).max(1).nullable().describe('null: nothing is left once what is excluded is taken away.'),
    met: z.boolean().nullable(),
  })
  .readonly();

const availability = z.strictObject({ objective: z.number(), outages: z.int().nonnegative(), months: z.array(month).readonly() }).readonly();

const control = z.strictObject({ framework: z.string(), control: z.string(), asks: z.string(), evidence: z.array(z.string()).readonly().describe('Columns of the CSV file, or parts of this report.') }).readonly();

export const evidenceReport = z
  .strictObject({
    schema: z.literal(1),
    repository: recordedOf(z.string()),
    environment: z.string(),
    period: z.strictObject({ from: at, to: at.describe('Not included.'), zone: z.string() }).readonly(),
    ledger: z.strictObject({ origin: z.string(), size: z.int().nonnegative(), root: z.string(), checkpoint: z.string().nullable(), lastEntryAt: at.nullable() }).readonly(),
    completeness: z
      .strictObject({
        intended: z.int().nonnegative().describe('Promotions that the ledger intends in the period: the population.'),
        numbers: z.string(),
        tags: recordedOf(z.int().nonnegative()).describe('How many promotion tags of the environment GitHub has; only when they were read.'),
        deployments: recordedOf(z.int().nonnegative()).describe('How many deployments to the environment GitHub shows for the period.'),
      })
      .readonly(),
    exceptions: z.array(exception).readonly().describe('Problems first, then in the order of time.'),
    deployments: z.array(deployment).readonly(),
    delivery,
    availability: recordedOf(availability),
    controls: z.array(control).readonly(),
  })
  .readonly();

export type EvidenceReport = z.infer<typeof evidenceReport>;
export type EvidenceException = z.infer<typeof exception>;
export type DeliveryFigures = z.infer<typeof delivery>;
export type Availability = z.infer<typeof availability>;
export type MonthAvailability = z.infer<typeof month>;
export type ControlEvidence = z.infer<typeof control>;

/** The JSON Schema (2020-12) of the document. */
export function evidenceJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(evidenceReport, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:sallyport:evidence:1', title: 'Sallyport evidence report', description: 'Every production promotion of a period as the verified ledger has it. {"notRecorded": "why"} stands for what the record does not say.', ...rest };
}
