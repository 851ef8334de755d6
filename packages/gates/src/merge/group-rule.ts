import type { Question } from '../create-gate.ts';
import type { MergeFacts, QueueGroupFact } from '../facts/merge-facts.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { shortSha } from '../wording.ts';

const noQueue = ruling('queue-group', [], { reason: 'not-applicable', summary: 'No merge queue asks.' });

/** In a merge queue: is what would land the approved head, merged cleanly onto what is before it in the queue, and nothing else? */
export function groupRule({ facts }: Question<MergeFacts>): Ruling {
  const { group, pullRequest } = facts;
  if (group === null) return noQueue;
  const evidence = [`group ${group.headSha}`, `tree ${group.treeSha}`, `base ${group.baseSha}`];
  return ruling('queue-group', findings(group, pullRequest), { summary: `The merge queue's group ${shortSha(group.headSha)} is the head on its base, merged again with the same result.`, evidence });
}

function findings({ headSha, treeSha, baseSha, proof }: QueueGroupFact, { head, number }: MergeFacts['pullRequest']): readonly Finding[] {
  const group = `The merge queue's group ${shortSha(headSha)}`;
  if (proof.from !== head.sha) return [differs(number, `${group} was made from ${shortSha(proof.from)}, not from the head ${shortSha(head.sha)}.`)];
  if (proof.onto !== baseSha) return [differs(number, `${group} is on ${shortSha(baseSha)}, and the merge was made again on ${shortSha(proof.onto)}.`)];
  if ('unknown' in proof.tree) return [missingFact(`What the head merged onto ${shortSha(baseSha)} gives`, proof.tree.unknown)];
  if (proof.tree.known === treeSha) return [];
  const gives = proof.tree.known === null ? 'conflicts' : `gives the tree ${shortSha(proof.tree.known)}`;
  return [differs(number, `${group} holds the tree ${shortSha(treeSha)}, but merging the head onto ${shortSha(baseSha)} ${gives}: something else would land.`)];
}

const differs = (number: number, summary: string): Finding => ({
  outcome: 'deny',
  reason: 'group-differs',
  summary,
  next: [{ who: 'someone with write permission', what: `take #${number} out of the merge queue and add it again`, effort: 'click' }],
  needs: 'a group that holds nothing but this change',
});
