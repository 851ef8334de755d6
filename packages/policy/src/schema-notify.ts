import * as z from 'zod';
import { mention } from './policy-fields.ts';

/** What people can be told of. */
export const NOTICE_EVENTS = ['window-opens', 'override-requested', 'override-used', 'window-missed', 'drift', 'bypass-seen'] as const;

export const notify = z
  .strictObject({
    to: z.enum(['github', 'slack', 'teams']).describe('github: a comment on the issue that it is about. slack, teams: a message by the incoming webhook in the secret SALLYPORT_SLACK_WEBHOOK or SALLYPORT_TEAMS_WEBHOOK.'),
    of: z.array(z.enum(NOTICE_EVENTS)).min(1).default([...NOTICE_EVENTS]).describe('What is told there. Left out: everything.'),
    mention: z.array(mention).min(1).max(16).optional().describe('Who is mentioned in the comment: logins and teams (organisation/slug). Only for github.'),
  })
  .describe('Where people are told of something.');
