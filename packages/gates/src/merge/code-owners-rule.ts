import type { Judged } from '../decision.ts';
import type { ChangedFileFact, CodeOwnersFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { cutShort, missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, few, listed } from '../wording.ts';
import { ownersOf, parseCodeOwners } from './code-owners.ts';
import type { CodeOwnersFile, Owner, OwnerRule } from './code-owners.ts';
import type { MergeQuestion } from './merge-question.ts';
import { approversIn, undecidedIn } from './review-rule.ts';
import { membershipOf } from './reviewer-standing.ts';
import { pathsOf } from './touched-paths.ts';

const notAsked = ruling('code-owners', [], { reason: 'not-applicable', summary: 'The policy does not ask code owners.' });

/** Where the policy requires it: has an owner of every changed file approved, by the code owners file of the base? */
export function codeOwnersRule(question: MergeQuestion): Ruling {
  const { policy, facts } = question;
  if (policy.merge.review.codeOwners !== 'required') return notAsked;
  const incomplete = facts.files.complete ? [] : [cutShort('changed files', facts.files.missing)];
  if ('unknown' in facts.codeOwners) return ruling('code-owners', [missingFact('The code owners file of the base', facts.codeOwners.unknown)], { summary: '' });
  const file = facts.codeOwners.known;
  if (file === null) return ruling('code-owners', incomplete, { summary: 'The base has no code owners file, so nobody owns anything.' });
  const parsed = parseCodeOwners(file.text);
  const verdicts = [...filesByRule(parsed, question)].map(([rule, paths]) => judgeRule(rule, paths, file, question));
  const findings = [...parsed.problems.map(({ line, message }) => unreadable(file.path, line, message)), ...verdicts.flatMap((verdict) => verdict.findings), ...incomplete];
  const summary = verdicts.length === 0 ? 'Nobody owns what is changed.' : 'An owner of every changed file approved.';
  return ruling('code-owners', findings, { summary, evidence: [`owners by ${file.path} of ${facts.pullRequest.base.ref}`], judged: verdicts.map(({ judged }) => judged) });
}

function unreadable(path: string, line: number, message: string): Finding {
  return {
    outcome: 'unknown',
    reason: 'code-owners-unreadable',
    summary: `Line ${line} of ${path} cannot be read, so who owns what is not known: ${message}.`,
    next: [{ who: `whoever owns ${path}`, what: `correct line ${line}`, effort: 'administer' }],
    needs: 'a code owners file that can be read',
  };
}

/** A link stands for its target and, where that is a folder, for what is in it. */
const ownedPaths = (file: ChangedFileFact): readonly string[] => pathsOf(file).flatMap((path) => (path === file.path || path === file.previousPath ? [path] : [path, `${path}/*`]));

/** Changed paths by the rule that says who owns them, in the order of the file. */
function filesByRule(parsed: CodeOwnersFile, { facts }: MergeQuestion): ReadonlyMap<OwnerRule, readonly string[]> {
  const paths = [...new Set(facts.files.items.flatMap(ownedPaths))].sort(byText);
  const groups = new Map<OwnerRule, string[]>();
  for (const path of paths) {
    const rule = ownersOf(parsed, path);
    if (rule !== null && rule.owners.length > 0) groups.set(rule, [...(groups.get(rule) ?? []), path]);
  }
  return new Map([...groups].sort(([a], [b]) => a.line - b.line));
}

type Verdict = { readonly findings: readonly Finding[]; readonly judged: Judged };

function judgeRule(rule: OwnerRule, paths: readonly string[], file: CodeOwnersFact, question: MergeQuestion): Verdict {
  const owners = rule.owners.map(nameOf).join(', ');
  const shown = few(paths);
  const what = `owners of ${shown}`;
  const evidence = [`line ${rule.line}: ${rule.pattern}`];
  const answers = approversIn(question.reviews, 'counted', question).map((person) => ({ person, owns: isOwner(person, rule.owners, file, question) }));
  const yes = answers.find(({ owns }) => owns === true);
  if (yes !== undefined) return { findings: [], judged: { what, counted: true, reason: 'ok', summary: `${yes.person.login} owns ${paths.length === 1 ? 'it' : 'them'} and approved`, evidence } };
  const finding = { paths, needs: `an approval by ${owners}`, next: [{ who: owners, what: `review #${question.facts.pullRequest.number} and approve its head`, effort: 'review' as const }] };
  const remedy = `${owners} approves`;
  const open = answers.filter(({ owns }) => owns === null).map(({ person }) => person.login);
  const unsure = [...open, ...undecidedIn(question).map(({ login }) => login)];
  if (unsure.length > 0) {
    const summary = `Whether ${listed(unsure)} approved as an owner of ${shown} (${owners}) is not known.`;
    return { findings: [{ ...finding, outcome: 'unknown', reason: 'fact-missing', summary }], judged: { what, counted: false, reason: 'membership-unknown', summary: `whether ${listed(unsure)} is one of ${owners} is not known`, evidence, remedy: 'ask again in a minute' } };
  }
  const summary = `${shown} ${paths.length === 1 ? 'belongs' : 'belong'} to ${owners}, and none of them approved.`;
  return { findings: [{ ...finding, outcome: 'wait', reason: 'code-owner-missing', summary }], judged: { what, counted: false, reason: 'code-owner-missing', summary: `none of ${owners} approved`, evidence, remedy } };
}

/** null: it is not known. An owner named by an e-mail address cannot be told from an account, so nobody is that owner. */
function isOwner(person: Person, owners: readonly Owner[], file: CodeOwnersFact, question: MergeQuestion): boolean | null {
  const answers = owners.map((owner) => isThisOwner(person, owner, file, question));
  return answers.includes(true) ? true : answers.includes(null) ? null : false;
}

function isThisOwner(person: Person, owner: Owner, { accounts }: CodeOwnersFact, { facts }: MergeQuestion): boolean | null {
  switch (owner.kind) {
    case 'account': {
      const account = accounts.find(({ login }) => login.toLowerCase() === owner.login)?.person;
      if (account === undefined || 'unknown' in account) return null;
      return account.known?.id === person.id;
    }
    case 'team': {
      const membership = membershipOf(facts, person, owner.team);
      return 'unknown' in membership ? null : membership.known === 'active';
    }
    case 'address':
      return false;
    default:
      return owner satisfies never;
  }
}

function nameOf(owner: Owner): string {
  switch (owner.kind) {
    case 'account':
      return `@${owner.login}`;
    case 'team':
      return `@${owner.team}`;
    case 'address':
      return 'an owner named by e-mail address';
    default:
      return owner satisfies never;
  }
}
