import * as z from 'zod';
import { accountOrNobody, id, instant, sha } from './shared.ts';

export const issue = z.looseObject({
  number: id,
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  user: accountOrNobody,
  created_at: instant,
  html_url: z.string(),
  /** Present when the issue is a pull request. */
  pull_request: z.unknown().optional(),
});
export type IssueAnswer = z.output<typeof issue>;

export const comment = z.looseObject({ id, body: z.string().nullish(), user: accountOrNobody, created_at: instant, updated_at: instant, html_url: z.string() });
export type CommentAnswer = z.output<typeof comment>;

export const release = z.looseObject({ id, tag_name: z.string(), target_commitish: z.string(), upload_url: z.string(), html_url: z.string(), draft: z.boolean(), author: accountOrNobody });
export type ReleaseAnswer = z.output<typeof release>;
export const asset = z.looseObject({ id, name: z.string(), state: z.string(), size: z.int().nonnegative() });
export type AssetAnswer = z.output<typeof asset>;

export const deployment = z.looseObject({ id, sha, ref: z.string(), environment: z.string() });
export const numbered = z.looseObject({ id, html_url: z.string().nullish() });
