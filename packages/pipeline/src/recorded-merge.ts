import * as z from 'zod';
import type { RecordedDecision } from './ledger-state.ts';

/** The part of recorded facts that says what was judged. Not the whole schema: entries of earlier versions stay readable. */
const recordedFacts = z.object({
  pullRequest: z.object({ number: z.number(), base: z.object({ ref: z.string() }), head: z.object({ sha: z.string(), treeSha: z.string() }) }),
  group: z.object({ headSha: z.string(), treeSha: z.string() }).nullish(),
});

const recordedCommits = z.object({ pullRequest: z.object({ head: z.object({ sha: z.string() }) }), commits: z.object({ items: z.array(z.object({ sha: z.string() })) }) });

/** What a recorded merge decision judged: a head, or a merge queue's group with that head in it. */
export type JudgedMerge = { readonly number: number; /** The branch it was judged for: a yes for one is none for another. */ readonly base: string; readonly headSha: string; readonly groupSha: string | null; readonly tree: string };

/** null for the other gates' decisions, and for facts that do not say. */
export function judgedMerge(made: Pick<RecordedDecision, 'gate' | 'facts'>): JudgedMerge | null {
  const parsed = made.gate === 'merge' ? recordedFacts.safeParse(made.facts) : null;
  if (parsed?.success !== true) return null;
  const { pullRequest, group } = parsed.data;
  return { number: pullRequest.number, base: pullRequest.base.ref, headSha: pullRequest.head.sha, groupSha: group?.headSha ?? null, tree: group?.treeSha ?? pullRequest.head.treeSha };
}

/** What a merge decision is about; `base` null: whatever branch it went into. */
export type MergeName = Omit<JudgedMerge, 'tree' | 'base'> & { readonly base: string | null };

/** Whether a recorded merge decision is about this pull request into this branch at exactly this head, alone (`groupSha` null) or in exactly this group. */
export function judges(made: Pick<RecordedDecision, 'gate' | 'facts'>, { number, base, headSha, groupSha }: MergeName): boolean {
  const judged = judgedMerge(made);
  return judged?.number === number && (base === null || judged.base === base) && judged.headSha === headSha && judged.groupSha === groupSha;
}

/** The commits that a recorded merge decision was about, the head among them; none for other gates' decisions. */
export function judgedCommits(made: Pick<RecordedDecision, 'gate' | 'facts'>): readonly string[] {
  const parsed = made.gate === 'merge' ? recordedCommits.safeParse(made.facts) : null;
  return parsed?.success === true ? [parsed.data.pullRequest.head.sha, ...parsed.data.commits.items.map(({ sha }) => sha)] : [];
}
