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
  base: z.looseObject({ ref: z.string().min(1), sha, repo: repositoryAnswer }),
  head: z.looseObject({ ref: z.string().min(1), sha, repo: repositoryName.nullable() }),
  requested_reviewers: z.array(account).nullish(),
  html_url: z.string(),
  created_at: instant,
  commits: z.int().nonnegative(),
  changed_files: z.int().nonnegative(),
});
export type PullAnswer = z.output<typeof pullAnswer>;

/** Items of the lists of pull requests. */
export const simplePull = z.looseObject({
  number: id,
  state: z.enum(['open', 'closed']),
  merged_at: instant.nullable(),
  merge_commit_sha: sha.nullable(),
  base: z.looseObject({ ref: z.string(), repo: z.looseObject({ id }) }),
  head: z.looseObject({ sha }),
});

export const changedFile = z.looseObject({ filename: z.string().min(1), previous_filename: z.string().optional(), status: z.string(), sha: sha.nullish() });
export type ChangedFileAnswer = z.output<typeof changedFile>;

export const review = z.looseObject({ id, user: accountOrNobody, state: z.string(), submitted_at: instant.optional(), commit_id: sha.nullable(), pull_request_url: z.string(), html_url: z.string() });
export type ReviewAnswer = z.output<typeof review>;

export const activity = z.looseObject({ id, before: sha, after: sha, timestamp: instant, activity_type: z.string(), actor: accountOrNobody });

const access = z.looseObject({ role_name: z.string().optional(), permissions: z.looseObject({ push: z.boolean() }).optional() });
export const collaborator = z.unknown().transform((value) => {
  const { role_name: role, permissions } = access.parse(value);
  return { person: account.parse(value), role: role ?? null, push: permissions?.push === true };
});
export type CollaboratorAnswer = z.output<typeof collaborator>;
export const permissionAnswer = z.looseObject({ role_name: z.string(), user: accountOrNobody });
export const membershipAnswer = z.looseObject({ state: z.string() });
