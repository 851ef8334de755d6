import { oneLine } from '../markdown-text.ts';
import type { Effect } from './effect.ts';

/** One line on what an effect does, for logs and dry runs. */
export const describeEffect = (effect: Effect): string => oneLine(describe(effect));

function describe(effect: Effect): string {
  switch (effect.effect) {
    case 'record':
      return `record ${effect.entries.map(({ body }) => describeEntry(body)).join(', ')}`;
    case 'create-tag':
      return `create tag ${effect.tag} at ${effect.commit.slice(0, 12)}`;
    case 'open-review':
      return `open the review of override ${effect.override}, due ${new Date(effect.dueAt).toISOString()}`;
    case 'open-release':
      return `open the release issue of ${effect.environment}`;
    case 'publish-release':
      return `publish release ${effect.entry.tag} at ${effect.commit.slice(0, 12)}`;
    case 'update-release':
      return `bring release issue #${effect.issue} up to date`;
    case 'answer-command':
      return `answer a command on #${effect.issue}: ${effect.accepted ? 'accepted' : 'refused'}`;
    case 'answer-form':
      return `answer the form in #${effect.issue}: ${effect.accepted ? 'accepted' : 'refused'}`;
    case 'open-override':
      return `open the request “${effect.title}”`;
    case 'give-notice':
      return `tell ${effect.channel}: ${effect.notice.title}`;
    default:
      return effect satisfies never;
  }
}

type EntryBody = Extract<Effect, { effect: 'record' }>['entries'][number]['body'];

function describeEntry(body: EntryBody): string {
  switch (body.type) {
    case 'policy-adopted':
      return `policy of ${body.commit.slice(0, 12)}`;
    case 'decision-made':
      return `${body.gate} decision on ${body.subject}: ${body.outcome}`;
    case 'build-registered':
      return `build ${body.version}`;
    case 'promotion-intended':
      return `intent to promote ${body.version} to ${body.environment} as number ${body.number}`;
    case 'promotion-ended':
      return `end of promotion ${body.number} to ${body.environment}: ${body.outcome}`;
    case 'override-granted':
      return `override ${body.id} for ${body.environment}, until ${body.expiresAt}`;
    case 'review-opened':
      return `review #${body.issue} of override ${body.override}`;
    case 'release-opened':
      return `release issue #${body.issue} for ${body.environment}`;
    case 'release-published':
      return `release ${body.tag}`;
    case 'command-handled':
      return `command of ${body.person.login} in #${body.issue}: ${body.outcome}`;
    case 'override-requested':
      return `override request #${body.issue}`;
    case 'form-handled':
      return `form of ${body.person.login} in #${body.issue}: ${body.outcome}`;
    case 'window-missed':
      return `missed opening of ${body.environment} until ${body.to}`;
    case 'drift-found':
      return `drift in ${body.environment}, found by run ${body.run}`;
    case 'notice-given':
      return `notice ${body.notice} to ${body.channel}`;
    default:
      return body satisfies never;
  }
}
