import type { Person } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import * as z from 'zod';
import { id } from './answers/shared.ts';
import { listIssues } from './list-issues.ts';
import { cut } from './merge-check.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** GitHub Docs, "Issues", November 2026. */
const longestBody = 65_536;

export type MarkedIssue = {
  readonly label: string;
  /** A line of the body by which the issue is found again. */
  readonly mark: string;
  readonly title: string;
  readonly body: string;
  /** What it is, in a few words: `the review of override 31`. */
  readonly what: string;
};

type IsOurs = (author: Person | null) => Promise<boolean>;

/** Finds the issue that we opened before, open or closed, or opens it. Two at the same time would open two: whoever looks next finds the newer one. Throws OutsideError. */
export async function findOrOpenIssue(place: Place, isOurs: IsOurs, wanted: MarkedIssue): Promise<{ readonly issue: number }> {
  const { issues, ended } = await listIssues(place, { label: wanted.label, state: 'all' }, `to find ${wanted.what}`);
  if (!ended) throw new OutsideError('malformed-answer', `There are more issues labelled ${wanted.label} than can be read, so ${wanted.what} could be opened twice. Take the label off old ones.`, { retryable: false });
  for (const answer of issues) if (holdsLine(answer.body, wanted.mark) && (await isOurs(answer.user))) return { issue: answer.number };
  const { data } = await place.client.ask({ route: 'POST /repos/{owner}/{repo}/issues', parameters: { ...of(place), title: wanted.title, body: markedBody(wanted), labels: [wanted.label] }, shape: z.looseObject({ number: id }), why: `to open ${wanted.what}` });
  return { issue: data.number };
}

export const holdsLine = (body: string | null | undefined, line: string): boolean => (body ?? '').split(/\r?\n/).includes(line);

export const markedBody = ({ body, mark }: Pick<MarkedIssue, 'body' | 'mark'>): string => `${cut(body, longestBody - mark.length - 2)}\n\n${mark}`;
