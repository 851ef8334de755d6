import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { shortSha } from '../wording.ts';
import { headSince } from './head-since.ts';

/** Does the push history end at the head? Approvals are bound to content by it, never by dates of commits. */
export function headRule({ facts }: Question<MergeFacts>): Ruling {
  const { head } = facts.pullRequest;
  const since = headSince(facts);
  const evidence = [`head ${head.sha}`, ...(since === null ? [] : [`last moved ${new Date(since).toISOString()}`])];
  return ruling('head', findings(facts, since), { summary: `The last push made ${shortSha(head.sha)} the head.`, evidence });
}

function findings({ pullRequest, pushes }: MergeFacts, since: number | null): readonly Finding[] {
  if (!pushes.complete) return [cutShort('pushes', pushes.missing)];
  if (since !== null) return [];
  const { ref, sha } = pullRequest.head;
  const summary = `The push history of ${ref} does not end at the head ${shortSha(sha)}, so no approval can be tied to it.`;
  const next = [{ who: 'whoever runs Sallyport', what: 'ask again in a minute: GitHub may still be writing the history' }, { who: 'the author', what: `otherwise push to ${ref} again` }];
  return [{ outcome: 'unknown', reason: 'head-not-in-push-history', summary, next }];
}
