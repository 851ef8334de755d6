import { describeInstant } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { shortDigest, zoneOf } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import semver from 'semver';
import { driftIn, lastSucceeded, openPromotions } from '../ledger-state.ts';
import type { LedgerState, RecordedPromotion } from '../ledger-state.ts';
import { code, escapeMarkdown } from '../markdown-text.ts';
import { plainVersion } from '../plain-version.ts';
import { renderDecision } from '../render-decision.ts';
import { describeToNothing } from '../tries.ts';
import { holdsIn, scheduleIn } from './standing-commands.ts';

export type ReleaseView = {
  readonly policy: Policy;
  readonly state: LedgerState;
  readonly environment: EnvironmentPolicy;
  /** The release gate's word on what would go next; null when nothing waits. */
  readonly decision: Decision | null;
  /** The openings to come or under way, the first first. */
  readonly openings: readonly Interval[];
  /** Issues by which people hold everything. */
  readonly heldBy: readonly { readonly issue: number; readonly reason: string }[];
};

export type ReleaseText = { readonly title: string; readonly body: string };

/** GitHub's limit for an issue's text is 65,536 characters; counted in bytes it holds for every alphabet. */
const decisionBytes = 48_000;

/** The release issue of an environment: what runs, what would go, when, what is missing and who can act. The same facts give the same text. */
export function renderRelease(view: ReleaseView): ReleaseText {
  const { environment, decision, state } = view;
  const going = openPromotions(state, environment.name).at(-1);
  const next = going?.version ?? versionOf(decision, environment);
  const body = [
    `What goes to **${escapeMarkdown(environment.name)}** next. The gatekeeper keeps this text current; it answers the commands below, from people with write access.`,
    '',
    ...table(rows(view, going)),
    '',
    ...(decision === null ? ['Nothing waits.'] : [renderDecision(decision, { maximumBytes: decisionBytes, inputs: false })]),
    '',
    ...commands(environment),
  ].join('\n');
  return { title: `Release to ${environment.name}: ${next ?? 'nothing waits'}`, body };
}

/** What the issue says when its release is made and over. */
export function renderReleased({ version, number, tag, end }: RecordedPromotion, environment: string): ReleaseText {
  return { title: `Released ${version} to ${environment}`, body: `${code(tag)} took ${escapeMarkdown(version)} to **${escapeMarkdown(environment)}**, ${end?.outcome ?? 'without outcome'} ${escapeMarkdown(end?.endedAt ?? '')}. Promotion ${number} and all that led to it are in the ledger. What comes next has an issue of its own.` };
}

const versionOf = (decision: Decision | null, { name }: EnvironmentPolicy): string | null => decision?.subject.replace(` to ${name}`, '') ?? null;

type Row = readonly [string, string];

const table = (lines: readonly Row[]): readonly string[] => ['| | |', '|---|---|', ...lines.map(([name, value]) => `| ${name} | ${value} |`)];

function rows(view: ReleaseView, going: RecordedPromotion | undefined): readonly Row[] {
  const { policy, state, environment, openings, heldBy } = view;
  const zone = zoneOf(policy, environment);
  const say = (at: number): string => escapeMarkdown(describeInstant(at, zone));
  const running = lastSucceeded(state, environment.name);
  const schedule = scheduleIn(state, environment.name);
  const [opening] = openings;
  const window = environment.window === null ? 'none: it is open at any time' : opening === undefined ? 'no opening in sight' : `${say(opening.from)} to ${say(opening.to)}`;
  return [
    ['runs', running === null ? 'nothing yet' : `${escapeMarkdown(running.version)}, by ${code(running.tag)} since ${say(Date.parse(running.end?.endedAt ?? ''))}`],
    ...released(view),
    ...next(view),
    ...(going === undefined ? [] : [['under way', `${escapeMarkdown(going.version)}, by ${code(going.tag)}`] as const]),
    ...nothing(view).map((text) => ['not deployed', text] as const),
    ['window', window],
    ...(schedule === null ? [] : [['scheduled', `${schedule.build === null ? 'what is ready' : code(shortDigest(schedule.build))}, for ${say(schedule.from)}, by ${escapeMarkdown(schedule.by.login)}`] as const]),
    ...holdsIn(state, environment.name).map(({ owner, reason }) => ['on hold', `by ${escapeMarkdown(owner.login)}: ${escapeMarkdown(reason)}`] as const),
    ...heldBy.map(({ issue, reason }) => ['on hold', `#${issue}: ${escapeMarkdown(reason)}`] as const),
    ...missed(view).map((text) => ['missed', text] as const),
    ...drifted(view).map((text) => ['drift', text] as const),
  ];
}

/** How what runs is known; where its version was published of another build, it has no release of its own. */
function released({ state, environment }: ReleaseView): readonly Row[] {
  const running = lastSucceeded(state, environment.name);
  const release = running === null || semver.valid(running.version) === null ? undefined : state.published.get(plainVersion(running.version));
  if (running === null || release === undefined) return [];
  const other = state.builds.get(release.build)?.version ?? release.build;
  return [['release', release.build === running.build ? code(release.tag) : `none of its own: ${code(release.tag)} was published of ${escapeMarkdown(other)}. Number builds on from there (${code('sallyport next-version')})`]];
}

/** What commands name it by. */
function next({ state, decision, environment }: ReleaseView): readonly Row[] {
  const build = [...state.builds.values()].findLast(({ version }) => version === versionOf(decision, environment));
  return build === undefined ? [] : [['would go', `${escapeMarkdown(build.version)}, ${code(shortDigest(build.digest))}, of commit ${code(build.commit.slice(0, 12))}`]];
}

/** The latest promotion, if its deploy was never let in, until there is another. */
function nothing({ state, environment }: ReleaseView): readonly string[] {
  const found = describeToNothing(state, environment.name);
  return found === null ? [] : [`${escapeMarkdown(found.what)} ${escapeMarkdown(found.next)}`];
}

/** The last opening that was missed, until a promotion has been made since. */
function missed({ policy, state, environment }: ReleaseView): readonly string[] {
  const last = state.missedWindows.findLast((one) => one.environment === environment.name);
  const since = lastSucceeded(state, environment.name);
  if (last === undefined || (since !== null && since.index > last.index)) return [];
  return [`the opening of ${escapeMarkdown(describeInstant(Date.parse(last.from), zoneOf(policy, environment)))}: ${escapeMarkdown(last.reason)}`];
}

/** It was found of the very promotion that runs: a later one ends it. */
function drifted({ policy, state, environment }: ReleaseView): readonly string[] {
  const drift = driftIn(state, environment.name);
  return drift === null ? [] : [`run ${drift.run} found something else than promotion ${drift.promotion} running, ${escapeMarkdown(describeInstant(Date.parse(drift.at), zoneOf(policy, environment)))}`];
}

function commands({ name, window, override }: EnvironmentPolicy): readonly string[] {
  const lines: readonly Row[] = [
    ['/hold ' + name + ' <reason>', 'nothing goes until it is ended (write)'],
    ['/resume ' + name, 'ends it (whoever holds, or maintain)'],
    ...(window === null ? [] : [['/schedule ' + name + ' <YYYY-MM-DD or next> [sha256:…]', 'names the opening (maintain)'] as const, ['/unschedule ' + name, 'takes that back (maintain)'] as const]),
    ...(override === null ? [] : [['/override ' + name + ' sha256:… <advisory or -> <reason>', 'requests an override (write)'] as const, ['/approve ' + name + ' sha256:…', 'approves one (the approving team)'] as const, ['/deny ' + name + ' sha256:… <reason>', 'denies one (the approving team, or maintain)'] as const]),
    ['/rollback ' + name + ' sha256:… <reason>', 'returns to a build that was healthy here (maintain)'],
    ['/status', 'where everything stands'],
  ];
  return ['<details>', '<summary>Commands: the first line of a comment</summary>', '', '| command | what it does |', '|---|---|', ...lines.map(([text, meaning]) => `| ${code(text)} | ${meaning} |`), '', '</details>'];
}
