import type { SensitivePathsPolicy } from '@sallyport/policy';
import type { Judged } from '../decision.ts';
import type { Question } from '../evaluate.ts';
import type { ChangedFileFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, counted, listed } from '../wording.ts';
import { isSupportedGlob, matchesGlob } from './glob.ts';
import { judgeApprovals } from './judge-approval.ts';
import type { JudgedReview } from './judge-approval.ts';
import { peopleOf } from './review-rule.ts';
import { membershipOf } from './reviewer-standing.ts';

/** Do changes to sensitive paths have the approvals, and the team, the policy asks for them? */
export function sensitiveRule({ policy, facts }: Question<MergeFacts>): Ruling {
  const { sensitive } = policy.merge.review;
  if (sensitive.length === 0) return ruling('sensitive', [], { reason: 'not-applicable', summary: 'The policy names no sensitive paths.' });
  const reviews = judgeApprovals(policy.merge.review, facts);
  const verdicts = sensitive.map((entry) => judgeEntry(entry, facts, reviews));
  const incomplete = facts.files.complete ? [] : [cutShort('changed files', facts.files.missing)];
  const touched = verdicts.flatMap(({ touches }) => touches);
  const summary = touched.length === 0 ? 'No sensitive path is changed.' : 'The changes to sensitive paths have the approvals they need.';
  const evidence = [...new Set(touched)].sort(byText);
  return ruling('sensitive', [...verdicts.flatMap(({ findings }) => findings), ...incomplete], { summary, evidence, judged: verdicts.flatMap(({ judged }) => judged) });
}

type Verdict = { readonly touches: readonly string[]; readonly findings: readonly Finding[]; readonly judged: readonly Judged[] };

function judgeEntry(entry: SensitivePathsPolicy, facts: MergeFacts, reviews: readonly JudgedReview[]): Verdict {
  const odd = entry.paths.filter((glob) => !isSupportedGlob(glob)).map(notSupported);
  const touches = facts.files.items.flatMap(pathsOf).filter((path) => entry.paths.some((glob) => matchesGlob(glob, path))).sort(byText);
  if (touches.length === 0) return { touches, findings: odd, judged: [] };
  const { sure, maybe, judged } = inTeam(entry.team, facts, reviews);
  return { touches, findings: [...odd, ...tooFew(entry, touches, { sure, maybe }, facts)], judged };
}

const pathsOf = ({ path, previousPath }: ChangedFileFact): readonly string[] => (previousPath === null ? [path] : [path, previousPath]);

const notSupported = (glob: string): Finding => ({
  outcome: 'unknown',
  reason: 'glob-not-supported',
  summary: `The sensitive path ${glob} uses more than *, ** and ?, which cannot be judged.`,
  next: [{ who: 'whoever owns the policy', what: `write merge.review.sensitive path ${glob} with *, ** and ? only` }],
});

type Tally = { readonly sure: number; readonly maybe: number };

function inTeam(team: string | null, facts: MergeFacts, reviews: readonly JudgedReview[]): Tally & { readonly judged: readonly Judged[] } {
  const counting = peopleOf(reviews, 'counted');
  const unsure = reviews.filter(({ standing }) => standing === 'maybe').length;
  if (team === null) return { sure: counting.length, maybe: unsure, judged: [] };
  const memberships = counting.map((person) => ({ person, membership: membershipOf(facts, person, team) }));
  return {
    sure: memberships.filter(({ membership }) => 'known' in membership && membership.known === 'active').length,
    maybe: unsure + memberships.filter(({ membership }) => 'unknown' in membership).length,
    judged: memberships.map(({ person, membership }) => judgeMember(person, membership, team)),
  };
}

function judgeMember(person: Person, membership: ReturnType<typeof membershipOf>, team: string): Judged {
  const what = `approval of ${person.login} as a member of ${team}`;
  if ('unknown' in membership) return { what, counted: false, reason: 'membership-unknown', summary: membership.unknown };
  if (membership.known === 'active') return { what, counted: true, reason: 'ok', summary: `${person.login} belongs to ${team}` };
  return { what, counted: false, reason: 'not-in-team', summary: `${person.login} does not belong to ${team} (${membership.known})` };
}

function tooFew({ approvals, team, paths }: SensitivePathsPolicy, touches: readonly string[], { sure, maybe }: Tally, facts: MergeFacts): readonly Finding[] {
  if (sure >= approvals) return [];
  const from = team === null ? '' : ` from ${team}`;
  const shown = touches.length > 3 ? `${touches.slice(0, 3).join(', ')} and ${touches.length - 3} more` : listed(touches);
  const summary = `${shown} (sensitive: ${paths.join(', ')}) ${touches.length === 1 ? 'needs' : 'need'} ${counted(approvals, 'approval')}${from}; ${sure} of ${approvals} counted.`;
  const next = [{ who: team === null ? 'people with permission who contributed nothing' : `members of ${team} who contributed nothing`, what: `approve #${facts.pullRequest.number} (${approvals - sure} more)` }];
  if (sure + maybe >= approvals) return [{ outcome: 'unknown', reason: 'fact-missing', summary: `${summary} Whether others count is not known.`, next }];
  return [{ outcome: 'wait', reason: 'sensitive-approvals-missing', summary, next }];
}
