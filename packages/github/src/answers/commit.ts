import * as z from 'zod';
import { accountOrNobody, sha } from './shared.ts';

const identity = z.looseObject({ name: z.string().optional(), email: z.string().optional() }).nullable();
const parents = z.array(z.looseObject({ sha }));

/** E-mail addresses are used to tell accounts apart here and go no further. */
export const commitAnswer = z.looseObject({
  sha,
  author: accountOrNobody,
  committer: accountOrNobody,
  parents,
  commit: z.looseObject({ message: z.string(), tree: z.looseObject({ sha }), author: identity, committer: identity, verification: z.looseObject({ verified: z.boolean(), reason: z.string().min(1) }).optional() }),
});
export type CommitAnswer = z.output<typeof commitAnswer>;

export const gitCommit = z.looseObject({ sha, tree: z.looseObject({ sha }) });

export const comparison = z.looseObject({
  status: z.enum(['diverged', 'ahead', 'behind', 'identical']),
  total_commits: z.int().nonnegative(),
  merge_base_commit: z.looseObject({ sha, commit: z.looseObject({ tree: z.looseObject({ sha }) }) }),
  commits: z.array(commitAnswer),
});

export const gitRef = z.looseObject({ ref: z.string(), object: z.looseObject({ type: z.string(), sha }) });
export const gitTag = z.looseObject({ sha, message: z.string(), object: z.looseObject({ type: z.string(), sha }) });
export const gitTree = z.looseObject({ sha, truncated: z.boolean(), tree: z.array(z.looseObject({ path: z.string(), mode: z.string(), type: z.string(), sha })) });
export const gitBlob = z.looseObject({ sha, encoding: z.string(), content: z.string() });
export const made = z.looseObject({ sha });

/** A folder comes as an array; everything else says what it is. */
export const contents = z.union([z.array(z.unknown()).transform(() => ({ type: 'dir', sha: null, encoding: null, content: null })), z.looseObject({ type: z.string(), sha, encoding: z.string().optional(), content: z.string().optional() })]);

/** What a folder holds; null for a path that is no folder. */
export const folder = z.union([z.array(z.looseObject({ path: z.string(), type: z.string(), sha })), z.looseObject({ type: z.string() }).transform(() => null)]);
