import { shortDigest } from '@sallyport/gates';
import { readState, scheduleIn } from '@sallyport/pipeline';
import { readIntact } from './commands/intact-ledger.ts';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import type { AskedWindow } from './commands/window-options.ts';

export type PlannedOptions = {
  /** A copy of the ledger's branch; true: from GitHub. */
  readonly releases?: string | true;
  readonly policy?: string;
};

export const plannedHelp = 'also show what is scheduled, from the ledger: of a copy of its branch, or of GitHub';

/** An opening that a release manager named, still to come or under way. */
export type PlannedRelease = NonNullable<ReturnType<typeof scheduleIn>>;

/** What is scheduled for the environment after `at`; nothing unless it is asked for. Throws InputError where the ledger is not intact. */
export async function readPlanned(io: Io, { policy, environment, at }: AskedWindow, options: PlannedOptions): Promise<readonly PlannedRelease[]> {
  if (options.releases === undefined) return [];
  const ledger = await readIntact(io, { ...(options.releases === true ? {} : { directory: options.releases }), ...(options.policy === undefined ? {} : { policy: options.policy }), ...(policy.repository === null ? {} : { repo: policy.repository }) }, 'what is scheduled is not known');
  if (ledger === null) throw new InputError('What is scheduled is not known, because the ledger is not intact.', { next: 'Run `sallyport ledger verify`, or leave --releases out.' });
  const schedule = scheduleIn(readState(ledger), environment.name);
  return schedule === null || schedule.to <= at ? [] : [schedule];
}

/** `what is ready` or the beginning of a digest. */
export const plannedBuild = ({ build }: PlannedRelease): string => (build === null ? 'what is ready' : shortDigest(build));
