import * as z from 'zod';
import type { Repository } from '../world/world.ts';

const parameters = z.object({
  required_status_checks: z.array(z.object({ context: z.string(), integration_id: z.number().nullish() })),
  strict_required_status_checks_policy: z.boolean().default(false),
  do_not_enforce_on_create: z.boolean().default(false),
});
export type RequiredChecks = z.output<typeof parameters>;

export const parseRequiredChecks = (value: unknown): RequiredChecks => parameters.parse(value ?? {});

type Standing = 'passed' | 'failed' | 'pending';

/** What is still missing on `sha`, in GitHub's words; empty when every required check passed. */
export function missingChecks(repository: Repository, required: RequiredChecks, sha: string): readonly string[] {
  return required.required_status_checks.flatMap((check) => {
    const standings = standingsOf(repository, sha, check.context, check.integration_id ?? null);
    if (standings.length === 0) return [`Required status check "${check.context}" is expected.`];
    if (standings.includes('failed')) return [`Required status check "${check.context}" is failing.`];
    if (standings.includes('pending')) return [`Required status check "${check.context}" is in progress.`];
    return [];
  });
}

/** The latest of every App's check of that name; commit statuses count only when no App is pinned. */
function standingsOf(repository: Repository, sha: string, name: string, app: number | null): readonly Standing[] {
  const latest = new Map<number, Standing>();
  for (const run of repository.checkRuns) {
    if (run.headSha !== sha || run.name !== name || (app !== null && run.app !== app)) continue;
    latest.set(run.app, run.status !== 'completed' ? 'pending' : ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '') ? 'passed' : 'failed');
  }
  const status = app === null ? repository.statuses.findLast((entry) => entry.sha === sha && entry.context === name) : undefined;
  const standing: readonly Standing[] = status === undefined ? [] : [status.state === 'success' ? 'passed' : status.state === 'pending' ? 'pending' : 'failed'];
  return [...latest.values(), ...standing];
}
