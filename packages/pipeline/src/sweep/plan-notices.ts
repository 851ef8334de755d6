import { zoneOf } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { decidesRelease, noticeKey } from '../ledger-state.ts';
import { findNotices } from '../notices/find-notices.ts';
import type { WatchedEnvironment } from '../notices/find-notices.ts';
import type { Notice, NoticeChannel } from '../ports.ts';
import { openingsFrom } from '../release/find-openings.ts';
import type { Courtesy, MadeDecision } from './effect.ts';
import type { View } from './view.ts';

/** By one channel. More at once is a mistake somewhere; the rest is told by the next sweeps. */
const mostAtOnce = 20;

type NoticesView = Pick<View, 'policy' | 'state' | 'at' | 'calendars'>;

/** What the policy wants told, and nobody was told yet. */
export async function planNotices(view: NoticesView, decisions: readonly MadeDecision[]): Promise<readonly Courtesy[]> {
  const { notify = [], environments } = view.policy.sealed.value;
  if (notify.length === 0) return [];
  const watched = await Promise.all(environments.map((environment) => watch(view, environment, decisions)));
  const channels = [...new Set(notify.map(({ to }) => to))];
  const notices = findNotices({ state: view.state, at: view.at, environments: watched });
  return channels.flatMap((channel) => notices.flatMap((notice) => tell(view, notice, channel)).slice(0, mostAtOnce));
}

function tell({ policy, state }: NoticesView, notice: Notice, channel: NoticeChannel): readonly Courtesy[] {
  const wanted = (policy.sealed.value.notify ?? []).filter(({ to, of }) => to === channel && of.includes(notice.event));
  if (wanted.length === 0 || state.notices.has(noticeKey({ notice: notice.id, channel }))) return [];
  return [{ effect: 'give-notice', channel, notice, mention: [...new Set(wanted.flatMap(({ mention }) => mention))] }];
}

async function watch({ policy: { sealed: { value: policy } }, calendars, at }: NoticesView, environment: EnvironmentPolicy, decisions: readonly MadeDecision[]): Promise<WatchedEnvironment> {
  const { name, after, window } = environment;
  const [opening] = window === null ? [] : openingsFrom({ policy, calendars: await calendars(), environment }, at);
  const decision = decisions.find((made) => made.rollback === null && decidesRelease(made.decision, name))?.decision ?? null;
  return { name, after, zone: zoneOf(policy, environment), opening: opening !== undefined && opening.from <= at ? opening : null, decision };
}
