import type { SensitivePathsPolicy } from '@sallyport/policy';
import { collect } from '../collect.ts';
import type { Judged } from '../decision.ts';
import type { ChangedFileFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, counted, few, listed } from '../wording.ts';
import { isSupportedGlob } from './glob.ts';
import type { MergeQuestion } from './merge-question.ts';
import { approversIn, eligibleIn, undecidedIn } from './review-rule.ts';
import { membershipOf } from './reviewer-standing.ts';
import { isUnclear, touchedEntries } from './sensitive-paths.ts';
import type { TouchedEntry } from './sensitive-paths.ts';

/** Do changes to sensitive paths, the policy's and the built-in ones, have the approvals and the team they need? */
export function sensitiveRule(question: MergeQuestion): Ruling {
  const { policy, facts } = question;
  const odd = collect(policy.merge.review.sensitive, ({ paths }) => paths.filter((glob) => !isSupportedGlob(glob))).map(notSupported);
  const incomplete = facts.files.complete ? [] : [cutShort('changed files', facts.files.missing)];
  const unclear = facts.files.items.filter(isUnclear);
  const touched = touchedEntries(policy, facts.files.items);
  const verdicts = touched.map((entry) => judgeEntry(entry, question));
  const findings = [...odd, ...(unclear.length === 0 ? [] : [linkUnknown(unclear)]), ...collect(verdicts, (verdict) => verdict.findings), ...incomplete];
  if (touched.length === 0) return ruling('sensitive', findings, { summary: 'No sensitive path is changed.' });
  const evidence = [...new Set(touched.flatMap(({ files }) => files.map(({ path }) => path)))].sort(byText);
  return ruling('sensitive', findings, { summary: 'The changes to sensitive paths have the approvals they need.', evidence, judged: collect(verdicts, ({ judged }) => judged) });
}

const notSupported = (glob: string): Finding => ({
  outcome: 'unknown',
  reason: 'glob-not-supported',
  summary: `The sensitive path ${glob} uses more than *, ** and ?, which cannot be judged.`,
  next: [{ who: 'whoever owns the policy', what: `write merge.review.sensitive path ${glob} with *, ** and ? only`, effort: 'administer' }],
});

function linkUnknown(files: readonly ChangedFileFact[]): Finding {
  const paths = files.map(({ path }) => path).sort(byText);
  const summary = `Whether ${few(paths)} ${paths.length === 1 ? 'is a symbolic link' : 'are symbolic links'}, and where to, is not known, so ${paths.length === 1 ? 'it' : 'they'} may stand for any path.`;
  return { outcome: 'unknown', reason: 'link-unknown', summary, paths, next: [{ who: 'whoever runs Sallyport', what: 'ask again in a minute', effort: 'wait' }], needs: 'symbolic links that lead somewhere known' };
}

type Verdict = { readonly findings: readonly Finding[]; readonly judged: readonly Judged[] };

function judgeEntry(touched: TouchedEntry, question: MergeQuestion): Verdict {
  const { entry } = touched;
  const { sure, maybe, judged } = tally(entry.team, question);
  if (sure >= entry.approvals) return { findings: [], judged };
  return { findings: [tooFew(touched, { sure, maybe }, question)], judged };
}

type Tally = { readonly sure: number; readonly maybe: number };

/** How many approvals count for an entry, and how many more might. */
function tally(team: string | null, question: MergeQuestion): Tally & { readonly judged: readonly Judged[] } {
  const counting = approversIn(question.reviews, 'counted', question);
  const unsure = undecidedIn(question).length;
  if (team === null) return { sure: counting.length, maybe: unsure, judged: [] };
  const memberships = counting.map((person) => ({ person, membership: membershipOf(question.facts, person, team) }));
  return {
    sure: memberships.filter(({ membership }) => 'known' in membership && membership.known === 'active').length,
    maybe: unsure + memberships.filter(({ membership }) => 'unknown' in membership).length,
    judged: memberships.map(({ person, membership }) => judgeMember(person, membership, team)),
  };
}

/** GitHub does not tell since when somebody belongs to a team (M13), so that is said. */
function judgeMember(person: Person, membership: ReturnType<typeof membershipOf>, team: string): Judged {
  const what = `approval by ${person.login}, for ${team}`;
  const remedy = `a member of ${team} approves`;
  if ('unknown' in membership) return { what, counted: false, reason: 'membership-unknown', summary: membership.unknown, remedy: 'ask again in a minute' };
  if (membership.known === 'active') return { what, counted: true, reason: 'ok', summary: `${person.login} belongs to ${team}`, evidence: ['member now; since when is not visible'] };
  return { what, counted: false, reason: 'not-in-team', summary: `${person.login} does not belong to ${team} (${membership.known})`, remedy };
}

function tooFew({ entry, files, builtIn }: TouchedEntry, { sure, maybe }: Tally, question: MergeQuestion): Finding {
  const { approvals, team } = entry;
  const paths = files.map(({ path }) => path).sort(byText);
  const from = team === null ? '' : ` from ${team}`;
  const why = builtIn ? 'sensitive, whatever the policy says' : `sensitive: ${entry.paths.join(', ')}`;
  const summary = `${few(paths)} (${why}) ${paths.length === 1 ? 'needs' : 'need'} ${counted(approvals, 'approval')}${from}; ${sure} of ${approvals} counted.`;
  const lacking = approvals - sure;
  const finding = { summary, paths, next: [approveStep(lacking, entry, question)], needs: `${counted(lacking, 'more approval')}${from} for sensitive paths` };
  if (sure + maybe >= approvals) return { ...finding, outcome: 'unknown', reason: 'fact-missing', summary: `${summary} Whether others count is not known.` };
  return { ...finding, outcome: 'wait', reason: 'sensitive-approvals-missing' };
}

function approveStep(lacking: number, { team }: SensitivePathsPolicy, question: MergeQuestion) {
  const what = `approve #${question.facts.pullRequest.number} (${lacking} more)`;
  if (team !== null) return { who: `members of ${team} who had no part in the change`, what, effort: 'review' as const };
  const people = eligibleIn(question);
  const who = people.length === 0 || people.length > 5 ? 'people with permission who had no part in the change' : listed(people.map(({ login }) => login));
  return { who, what, effort: 'review' as const };
}
