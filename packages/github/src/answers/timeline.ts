import * as z from 'zod';
import { accountOrNobody, id, instant } from './shared.ts';

/**
 * The timeline mixes some fifty kinds of events, and GitHub adds to them. Only those that are used are looked into, each as
 * loosely as its use allows: `assigned` names its assigner in some answers and only an actor in others.
 * Source: GitHub Docs, "Issue event types", and the schema `timeline-issue-events` of the REST description (November 2026).
 */
const at = { created_at: instant };
const actor = { actor: accountOrNobody.optional() };

const dismissed = z.looseObject({ event: z.literal('review_dismissed'), ...actor, dismissed_review: z.looseObject({ review_id: id, state: z.string() }) });
const baseMoved = z.looseObject({ event: z.enum(['base_ref_changed', 'automatic_base_change_succeeded', 'base_ref_force_pushed']), ...at });
const assigned = z.looseObject({ event: z.literal('assigned'), ...at, ...actor, assignee: accountOrNobody.optional(), assigner: accountOrNobody.optional() });
const requested = z.looseObject({ event: z.literal('review_requested'), ...at, ...actor, review_requester: accountOrNobody.optional(), requested_reviewer: accountOrNobody.optional() });
const workStarted = z.looseObject({ event: z.literal('copilot_work_started'), ...at, ...actor });
const commented = z.looseObject({ event: z.literal('commented'), ...at, user: accountOrNobody.optional(), body: z.string().nullish(), html_url: z.string().nullish() });
const reviewed = z.looseObject({ event: z.literal('reviewed'), submitted_at: instant.optional(), user: accountOrNobody.optional(), body: z.string().nullish(), html_url: z.string().nullish() });

const used = z.discriminatedUnion('event', [dismissed, baseMoved, assigned, requested, workStarted, commented, reviewed]);
const names = new Set(['review_dismissed', 'base_ref_changed', 'automatic_base_change_succeeded', 'base_ref_force_pushed', 'assigned', 'review_requested', 'copilot_work_started', 'commented', 'reviewed']);
const named = z.looseObject({ event: z.string().optional() });

/** An event that is used, or null for one that is not. An event of a used kind that cannot be read is a broken answer, not another kind. */
export const timelineEvent = z.unknown().transform((value, context) => {
  const { event } = named.parse(value);
  if (event === undefined || !names.has(event)) return null;
  const parsed = used.safeParse(value);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: `the event ${event} has an unexpected shape: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}` });
  return z.NEVER;
});
export type TimelineEvent = NonNullable<z.output<typeof timelineEvent>>;

/** A comment on a line of the change, as far as mentions in it matter. */
export const lineComment = z.looseObject({ user: accountOrNobody, body: z.string().nullish(), created_at: instant, html_url: z.string().nullish() });
