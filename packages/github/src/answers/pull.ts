import * as z from 'zod';
import { account, accountOrNobody, id, instant, sha } from './shared.ts';

export const repositoryAnswer = z.looseObject({ id, name: z.string().min(1), owner: z.looseObject({ login: z.string().min(1) }), default_branch: z.string().min(1) });

const repositoryName = z.looseObject({ id, name: z.string(), owner: z.looseObject({ login: z.string() }) });

export const pullAnswer = z.looseObject({
  number: id,
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  draft: z.boolean().default(false),
  user: accountOrNobody,
  base: z.looseObject({ ref: z.string().min(1), sha }),
  head: z.looseObject({ ref: z.string().min(1), sha, repo: repositoryName.nullable() }),
  html_url: z.string(),
  commits: z.int().nonnegative(),
  changed_files: z.int().nonnegative(),
});
export type PullAnswer = z.output<typeof pullAnswer>;

/** Items of the lists of pull requests. */
export const simplePull = z.looseObject({
  number: id,
  merged_at: instant.nullable(),
  merge_commit_sha: sha.nullable(),
  base: z.looseObject({ ref: z.string(), repo: z.looseObject({ id }) }),
  head: z.looseObject({ sha }),
});

export const changedFile = z.looseObject({ filename: z.string().min(1), previous_filename: z.string().optional(), status: z.string() });

export const review = z.looseObject({ id, user: accountOrNobody, state: z.string(), submitted_at: instant.optional(), commit_id: sha.nullable(), html_url: z.string() });
export type ReviewAnswer = z.output<typeof review>;

/** Only the one kind of event that is used is looked into. */
export const timelineEvent = z.union([
  z.looseObject({ event: z.literal('review_dismissed'), actor: accountOrNobody, dismissed_review: z.looseObject({ review_id: id, state: z.string() }) }),
  z.looseObject({ event: z.string().optional() }).transform(() => null),
]);

export const activity = z.looseObject({ id, before: sha, after: sha, timestamp: instant, activity_type: z.string(), actor: accountOrNobody });

const access = z.looseObject({ permissions: z.looseObject({ push: z.boolean() }).optional() });
export const collaborator = z.unknown().transform((value) => ({ person: account.parse(value), push: access.parse(value).permissions?.push === true }));
export const permissionAnswer = z.looseObject({ role_name: z.string(), user: accountOrNobody });
export const membershipAnswer = z.looseObject({ state: z.string() });
