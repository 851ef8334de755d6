import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { timeText } from '../time-text.ts';
import { shortSha } from '../wording.ts';
import type { MergeQuestion } from './merge-question.ts';

/** Does the push history end at the head? Approvals are bound to content by it, never by dates of commits (A05). */
export function headRule(question: MergeQuestion): Ruling {
  const { head } = question.facts.pullRequest;
  const { lastHead } = question.readings;
  const evidence = [`head ${head.sha}`, ...(lastHead?.sha === head.sha ? [`last moved ${timeText(lastHead.since)}`] : [])];
  return ruling('head', findings(question), { summary: `The last push made ${shortSha(head.sha)} the head.`, evidence });
}

function findings({ facts: { pullRequest, pushes }, readings: { lastHead } }: MergeQuestion): readonly Finding[] {
  if (!pushes.complete) return [cutShort('pushes', pushes.missing)];
  const { ref, sha } = pullRequest.head;
  if (lastHead?.sha === sha) return [];
  const summary = `The push history of ${ref} does not end at the head ${shortSha(sha)}, so no approval can be tied to it.`;
  const next = [
    { who: 'whoever runs Sallyport', what: 'ask again in a minute: GitHub may still be writing the history', effort: 'wait' as const },
    { who: 'the author', what: `otherwise push to ${ref} again`, effort: 'change' as const },
  ];
  return [{ outcome: 'unknown', reason: 'head-not-in-push-history', summary, next }];
}
