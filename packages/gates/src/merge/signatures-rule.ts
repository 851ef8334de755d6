import type { Judged } from '../decision.ts';
import type { CommitFact } from '../facts/merge-facts.ts';
import { cutShort, missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, counted, listed, shortSha } from '../wording.ts';
import { contributionsTo, partText } from './contributions.ts';
import type { MergeQuestion } from './merge-question.ts';
import { signerOf } from './signatures.ts';

const notRequired = ruling('signatures', [], { reason: 'not-applicable', summary: 'The policy requires no signatures.' });

/** Where the policy requires it: is every commit signed, validly, by someone who pushed here? "Verified" alone says less than it seems (M09). */
export function signaturesRule(question: MergeQuestion): Ruling {
  const { policy, facts } = question;
  if (policy.merge.review.signatures !== 'required') return notRequired;
  return ruling('signatures', findings(question), { summary: `${counted(facts.commits.items.length, 'commit is', 'commits are')} signed by those who pushed.`, judged: namesOnly(question) });
}

function findings({ facts, readings }: MergeQuestion): readonly Finding[] {
  const items = [...facts.commits.items].sort((a, b) => byText(a.sha, b.sha));
  const unread = items.flatMap(({ sha, signature }) => ('unknown' in signature ? [missingFact(`The signature of commit ${shortSha(sha)}`, signature.unknown)] : []));
  const unsigned = items.filter((commit) => 'known' in commit.signature && signerOf(commit) === null);
  const pushers = new Set(facts.pushes.items.flatMap(({ actor }) => ('known' in actor ? [readings.personOf(actor.known.id)] : [])));
  const strange = items.filter((commit) => {
    const signer = commit.committedByGitHub ? null : signerOf(commit);
    return signer !== null && !pushers.has(readings.personOf(signer.id));
  });
  return [
    ...(facts.commits.complete ? [] : [cutShort('commits', facts.commits.missing)]),
    ...unread,
    ...(unsigned.length === 0 ? [] : [missing(unsigned)]),
    ...(strange.length === 0 ? [] : [byOthers(strange)]),
  ];
}

const names = (commits: readonly CommitFact[]): string => listed(commits.map(({ sha }) => shortSha(sha)));

function missing(commits: readonly CommitFact[]): Finding {
  const reasons = [...new Set(commits.flatMap(({ signature }) => ('known' in signature ? [signature.known.reason] : [])))].sort();
  const summary = `The policy requires signed commits, and ${names(commits)} ${commits.length === 1 ? 'has' : 'have'} no signature that verifies for an account that is known (${listed(reasons)}).`;
  return { outcome: 'deny', reason: 'signature-missing', summary, next: [{ who: 'the author', what: 'sign these commits with a key that GitHub knows, and push them again', effort: 'change' }], needs: 'every commit to be signed' };
}

function byOthers(commits: readonly CommitFact[]): Finding {
  const summary = `${names(commits)} ${commits.length === 1 ? 'is' : 'are'} signed by someone who never pushed to this branch, so the signature does not say who brought the change.`;
  return { outcome: 'deny', reason: 'signer-did-not-push', summary, next: [{ who: 'whoever pushed these commits', what: 'make them again under their own signature, or let the signer push them', effort: 'change' }], needs: 'commits signed by those who pushed them' };
}

/** Authors whom only the name in a commit that somebody else signed speaks for: shown, and nobody is barred by it (M08). */
function namesOnly({ policy, facts, readings: { contributorIds } }: MergeQuestion): readonly Judged[] {
  const shown = contributionsTo(policy.merge.review, facts).flatMap((contribution): Judged[] => {
    const { person, worth } = contribution;
    if (worth !== 'void' || !('known' in person) || contributorIds.has(person.known.id)) return [];
    return [{ what: `${person.known.login}, ${partText(contribution)}`, counted: false, reason: 'authorship-unverified', summary: `somebody else signed that commit, and nothing else says that ${person.known.login} had a part`, evidence: [`account ${person.known.id}`] }];
  });
  return shown.sort((a, b) => byText(a.what, b.what));
}
