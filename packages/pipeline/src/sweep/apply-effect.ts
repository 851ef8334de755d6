import type { LedgerWriter } from '../ledger-access.ts';
import { noticeKey } from '../ledger-state.ts';
import type { Outside } from '../ports.ts';
import type { Effect } from './effect.ts';

/** `stale`: the world has moved since the plan was made; look again. */
export type Applied = 'done' | 'stale';

/** Carries out one effect. Each is safe to repeat: entries have keys, tags cannot be made twice, issues and answers are found again. */
export async function applyEffect(outside: Pick<Outside, 'promotions' | 'desk' | 'releases' | 'notices'>, ledger: LedgerWriter, effect: Effect, at: number): Promise<Applied> {
  switch (effect.effect) {
    case 'record': {
      const { state } = await ledger.append(effect.entries, { at, ifSize: effect.ifSize });
      return state === 'moved' ? 'stale' : 'done';
    }
    case 'create-tag':
      await outside.promotions.createTag({ name: effect.tag, commit: effect.commit, message: effect.message, taggedAt: effect.taggedAt });
      // A tag that exists already is another gatekeeper's or an earlier run's; the next round checks what it carries.
      return 'done';
    case 'open-review': {
      const { issue } = await outside.desk.openReview({ override: effect.override, title: effect.title, body: effect.body });
      await ledger.append([{ key: `review:${effect.override}`, body: { type: 'review-opened', override: effect.override, issue, dueAt: new Date(effect.dueAt).toISOString() } }], { at });
      return 'done';
    }
    case 'open-release': {
      const { environment, after, title, body } = effect;
      const { issue } = await outside.desk.openRelease({ mark: `${environment}/${after}`, title, body });
      await ledger.append([{ key: `release:${environment}:${after}:${issue}`, body: { type: 'release-opened', environment, after, issue } }], { at });
      return 'done';
    }
    case 'publish-release': {
      const { entry, commit, body, checkpoint } = effect;
      await outside.releases.publish({ tag: entry.tag, commit, body, files: [{ name: checkpoint.name, bytes: new TextEncoder().encode(checkpoint.text) }] });
      await ledger.append([{ key: `release-published:${entry.version}`, body: entry }], { at });
      return 'done';
    }
    case 'update-release': {
      const { issue, effect: _effect, ...change } = effect;
      await outside.desk.updateRelease(issue, change);
      return 'done';
    }
    case 'answer-command':
      await outside.desk.answerCommand(effect);
      return 'done';
    case 'answer-form':
      await outside.desk.answerForm(effect);
      return 'done';
    case 'open-override': {
      const { issue } = await outside.desk.openOverride(effect);
      await ledger.append([{ key: `override-request:${effect.comment}`, body: { type: 'override-requested', comment: effect.comment, issue } }], { at });
      return 'done';
    }
    case 'give-notice': {
      const { channel, notice, mention } = effect;
      await outside.notices.give(channel, notice, mention);
      const body = { type: 'notice-given', notice: notice.id, channel } as const;
      await ledger.append([{ key: noticeKey(body), body }], { at });
      return 'done';
    }
    default:
      return effect satisfies never;
  }
}
