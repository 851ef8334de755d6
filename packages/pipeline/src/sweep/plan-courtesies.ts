import type { Decision } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { decidesRelease, lastRelease, lastSucceeded, openPromotions } from '../ledger-state.ts';
import type { RecordedCommand } from '../ledger-state.ts';
import { answerLines, escapeMarkdown } from '../markdown-text.ts';
import type { ReleaseIssue } from '../ports.ts';
import { openingsFrom } from '../release/find-openings.ts';
import type { ReleaseIssues } from '../release/fresh-commands.ts';
import { renderRelease, renderReleased } from '../release/render-release.ts';
import type { ReleaseText } from '../release/render-release.ts';
import type { Courtesy, MadeDecision } from './effect.ts';
import { overridePage } from './override-page.ts';
import { planFormAnswers } from './plan-form-answers.ts';
import type { Forms } from './plan-forms.ts';
import { planPublications } from './plan-publications.ts';
import type { View } from './view.ts';

/** What people are told, once everything else is done: answers to commands and forms, requests that they asked for, and the release issues as they should read. */
export async function planCourtesies(view: View, issues: ReleaseIssues, { decisions, forms }: { readonly decisions: readonly MadeDecision[]; readonly forms: Forms }): Promise<readonly Courtesy[]> {
  const releases = await Promise.all(view.policy.sealed.value.environments.filter(({ after }) => after !== null).map((environment) => planRelease(view, environment, issues, decisions)));
  return [...(await planOverrideIssues(view)), ...(await planFormAnswers(view, forms)), ...planAnswers(view, issues), ...(await planPublications(view)), ...releases.flat()];
}

/** Commands that were handled and that nobody has answered yet; also those whose answer was lost in a crash. */
function planAnswers({ state }: View, issues: ReleaseIssues): readonly Courtesy[] {
  const current = new Map([...issues.values()].flatMap((issue) => (issue === null ? [] : [[issue.issue, issue] as const])));
  return [...state.commands.values()].flatMap((given) => {
    const issue = current.get(given.issue);
    // A comment that was deleted since has nobody to be answered.
    const isOpen = issue?.answered.has(given.comment) === false && issue.commands.items.some(({ id }) => id === given.comment);
    return isOpen ? [{ effect: 'answer-command' as const, issue: given.issue, comment: given.comment, accepted: given.outcome === 'accepted', body: answerText(given) }] : [];
  });
}

const answerText = ({ person, answer }: RecordedCommand): string => `${escapeMarkdown(person.login)}: ${answerLines(answer)}`;

async function planOverrideIssues(view: View): Promise<readonly Courtesy[]> {
  const opened = new Set([...view.state.askedOverrides.values()].flatMap((one) => ('comment' in one ? [one.comment] : [])));
  const asked = [...view.state.commands.values()].filter(({ command, outcome, comment }) => command.name === 'override' && outcome === 'accepted' && !opened.has(comment));
  return (await Promise.all(asked.map((given) => overrideIssue(view, given)))).flat();
}

async function overrideIssue(view: View, { command, comment, person }: RecordedCommand): Promise<readonly Courtesy[]> {
  const build = command.name === 'override' ? view.state.builds.get(command.build) : undefined;
  if (command.name !== 'override' || build === undefined) return [];
  const { environment, reason, advisory } = command;
  const page = await overridePage(view, { environment, build, requester: person.login, form: null });
  return page === null ? [] : [{ effect: 'open-override', comment, title: `Override: ${build.version} to ${environment}`, block: { build: build.digest, environment, reason, advisory }, page }];
}

async function planRelease(view: View, environment: EnvironmentPolicy, issues: ReleaseIssues, decisions: readonly MadeDecision[]): Promise<readonly Courtesy[]> {
  const { state, policy, at, outside } = view;
  const { name } = environment;
  const decision = nextOf(decisions.filter((made) => decidesRelease(made.decision, name)));
  const isPending = decision !== null || openPromotions(state, name).length > 0;
  const after = lastSucceeded(state, name)?.number ?? 0;
  const release = lastRelease(state, name);
  const issue = release === null ? null : (issues.get(name) ?? null);
  const isCurrent = release?.after === after && issue !== null;
  const done = !isCurrent && issue !== null ? closeRelease(view, environment, issue) : [];
  if (!isPending && !isCurrent) return done;
  const openings = environment.window === null ? [] : openingsFrom({ policy: policy.sealed.value, calendars: await view.calendars(), environment }, at);
  const text = renderRelease({ policy: policy.sealed.value, state, environment, decision, openings, heldBy: (await outside.desk.listHolds()).items });
  return isCurrent ? keepCurrent(issue, text, isPending) : [...done, { effect: 'open-release', environment: name, after, ...text }];
}

/** What goes next: a rollback, unless it is refused and something waits to go forward. */
const nextOf = (made: readonly MadeDecision[]): Decision | null => (made.find(({ decision, rollback }) => rollback === null || decision.outcome !== 'deny') ?? made[0])?.decision ?? null;

/** Closed by hand while a release waits, it is opened again: commands are read there. */
function keepCurrent(issue: ReleaseIssue, text: ReleaseText, isPending: boolean): readonly Courtesy[] {
  const change = { ...(issue.title === text.title ? {} : { title: text.title }), ...(issue.body === text.body.trimEnd() ? {} : { body: text.body }), ...(issue.open || !isPending ? {} : { state: 'open' as const }) };
  return Object.keys(change).length === 0 ? [] : [{ effect: 'update-release', issue: issue.issue, ...change }];
}

function closeRelease({ state }: View, { name }: EnvironmentPolicy, issue: ReleaseIssue): readonly Courtesy[] {
  const made = lastSucceeded(state, name);
  if (!issue.open || made === null) return [];
  return [{ effect: 'update-release', issue: issue.issue, state: 'closed', ...renderReleased(made, name) }];
}
