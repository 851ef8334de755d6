import type { Interval } from '@sallyport/calendar';
import type { EvidenceRecord } from './evidence-record.ts';
import { iso } from './iso.ts';
import type { EvidenceException } from './report.ts';
import { when } from './report-text.ts';

/** Openings that began in the period and passed although a build was ready to go in them. */
export const missedWindowExceptions = ({ state }: EvidenceRecord, environment: string, { period, zone }: { readonly period: Interval; readonly zone: string }): readonly EvidenceException[] =>
  state.missedWindows
    .filter((missed) => missed.environment === environment && Date.parse(missed.from) >= period.from && Date.parse(missed.from) < period.to)
    .map(({ build, from, to, reason, index }) => ({
      code: 'window-missed',
      weight: 'attention',
      promotion: null,
      at: iso(Date.parse(from)),
      summary: `The opening from ${when(from, zone)} to ${when(to, zone)} passed, and ${state.builds.get(build)?.version ?? build} did not go to ${environment}: ${reason}`,
      indexes: [index],
    }));
