import type { Question } from '../create-gate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { listed, shortSha } from '../wording.ts';

/** Is the head this pull request's alone? Checks belong to commits: one yes here would open every other pull request with the same head. */
export function sharedHeadRule({ facts }: Question<MergeFacts>): Ruling {
  return ruling('head-unshared', findings(facts), { summary: 'No other pull request has this head.' });
}

function findings({ pullRequest, sharedHead }: MergeFacts): readonly Finding[] {
  const incomplete = sharedHead.complete ? [] : [cutShort('other pull requests with the same head', sharedHead.missing)];
  if (sharedHead.items.length === 0) return incomplete;
  const others = listed([...new Set(sharedHead.items)].sort((a, b) => a - b).map((number) => `#${number}`));
  const summary = `${others} ${sharedHead.items.length === 1 ? 'has' : 'have'} the same head ${shortSha(pullRequest.head.sha)}, and a check on a commit counts for every pull request with that head.`;
  // Closing the other is not enough: what ran for it stays on the commit.
  const next = [{ who: 'the author', what: `push a commit to ${pullRequest.head.ref} that ${sharedHead.items.length === 1 ? 'it does' : 'they do'} not have`, effort: 'change' as const }];
  return [...incomplete, { outcome: 'deny', reason: 'head-shared', summary, next, needs: 'a head of its own' }];
}
