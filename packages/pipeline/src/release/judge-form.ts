import { isAdvisory, overrideRuleOf } from '@sallyport/gates';
import type { Person } from '@sallyport/gates';
import type { OverridePolicy, Policy } from '@sallyport/policy';
import { buildsLike } from '../ledger-state.ts';
import type { LedgerState, RecordedForm, RegisteredBuild } from '../ledger-state.ts';
import { cut, oneLine } from '../markdown-text.ts';
import type { OverrideForm } from '../ports.ts';
import { commandHoldsSeconds } from './judge-command.ts';
import type { WrittenForm } from './open-requests.ts';

export type FormContext = {
  readonly policy: Policy;
  readonly state: LedgerState;
  readonly at: number;
  readonly written: WrittenForm;
  /** Who opened the issue, and may ask. */
  readonly person: Person;
  /** Whether its text is another than it was opened with. */
  readonly edited: boolean;
};

export type FormVerdict = Pick<RecordedForm, 'command' | 'outcome' | 'answer'>;

const anew = 'This issue is closed. Open a new one by the form: changing this one does not count.';

const refused = (answer: string): FormVerdict => ({ command: { name: 'refused' }, outcome: 'refused', answer: `${answer}\n${anew}` });

/** What becomes of a form by somebody who may ask: pure, and with every problem at once. The override gate judges what follows from it. */
export function judgeForm({ policy, state, at, written, person, edited }: FormContext): FormVerdict {
  const { form, askedAt } = written;
  if (edited) return refused('The text of this issue was changed after it was opened, so nobody knows who asked for what.');
  if (at >= askedAt + commandHoldsSeconds * 1000) return refused('The form was read only a day after it was sent. Send it again if it is still meant.');
  if ('problems' in form) return refused(['The form cannot be read:', ...form.problems].join('\n'));
  const build = findBuild(state, form.build);
  const rule = overrideRuleOf(policy, form);
  const problems = [...(typeof build === 'string' ? [build] : []), ...environmentProblems(policy, form, rule), ...(rule === null ? [] : ruleProblems(rule, form))];
  if (typeof build === 'string' || rule === null || problems.length > 0) return refused(['No override is requested:', ...problems].join('\n'));
  const { environment, advisory, reason, urgency, waives, holdsSeconds } = form;
  const hours = Math.min(rule.expiresAfterSeconds, holdsSeconds ?? Infinity) / 3600;
  const answer = `${person.login} requests an override: ${build.version} to ${environment}, waiving ${waives.join(' and ')}, for ${hours} h after the last approval that counts. That is recorded; what this issue is changed to from here on counts for nothing.`;
  return { command: { name: 'override', environment, build: build.digest, advisory, reason, urgency, waives: [...waives], holdsSeconds }, outcome: 'accepted', answer };
}

function environmentProblems(policy: Policy, { environment }: OverrideForm, rule: OverridePolicy | null): readonly string[] {
  if (rule !== null) return [];
  const offered = policy.environments.filter(({ override }) => override !== null).map(({ name }) => name);
  const next = offered.length === 0 ? 'It offers none anywhere.' : `Write ${offered.join(' or ')}.`;
  const exists = policy.environments.some(({ name }) => name === environment);
  return [`Environment: the policy ${exists ? 'offers no override for it' : 'has none of that name'}. ${next}`];
}

function ruleProblems(rule: OverridePolicy, { advisory, waives }: OverrideForm): readonly string[] {
  const tooMuch = waives.filter((kind) => !rule.waives.includes(kind));
  return [
    ...(tooMuch.length === 0 ? [] : [`What is to be waived: the policy's rule ${rule.name} does not waive ${tooMuch.join(' and ')}, only ${rule.waives.join(' and ')}. Tick less.`]),
    ...(advisory === null && rule.requires.includes('advisory') ? ['Advisory: the policy wants one. Write a CVE, GHSA or incident number, such as CVE-2026-1234 or INC-123.'] : []),
    ...(advisory !== null && !isAdvisory(advisory) ? ['Advisory: that is none. Write one CVE, GHSA or incident number and nothing else, such as CVE-2026-1234 or INC-123.'] : []),
  ];
}

/** By version, digest or the beginning of one. A string says what is wrong. */
function findBuild(state: LedgerState, name: string): RegisteredBuild | string {
  const prefix = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1];
  const found = prefix === undefined ? [...state.builds.values()].filter(({ version }) => version === name) : buildsLike(state, `sha256:${prefix}`);
  const [build, ...others] = found;
  if (build === undefined) return `Build: ${cut(oneLine(name), 80)} is no registered build. Write its version, its digest, or at least 12 hex digits of that.`;
  return others.length === 0 ? build : `Build: ${cut(oneLine(name), 80)} is the beginning of ${found.length} builds. Write more of the digest.`;
}
