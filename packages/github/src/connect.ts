import { ledgerBranch } from '@sallyport/pipeline';
import type { Outside } from '@sallyport/pipeline';
import { createBuilds } from './builds.ts';
import { createCalendarFiles } from './calendar-files.ts';
import { createChanges } from './changes.ts';
import type { GitHubClient } from './client.ts';
import { createClock } from './clock.ts';
import { createDeployments } from './deployments.ts';
import { createDesk } from './desk.ts';
import { createFetchFiles } from './fetch-files.ts';
import { createFetchTags } from './fetch-tags.ts';
import { createHistory } from './history.ts';
import { createLedgerStore } from './ledger-store.ts';
import type { BlobCache } from './ledger-store.ts';
import { createMergeAgain } from './merge-again.ts';
import { createMergeCheck } from './merge-check.ts';
import { createNotices, noWebhooks } from './notices/notices.ts';
import type { Webhooks } from './notices/notices.ts';
import { ownAuthor } from './own-author.ts';
import { createPolicySource } from './policy-source.ts';
import { createProbes } from './probes.ts';
import { createPromotions } from './promotions.ts';
import { createReleases } from './releases.ts';
import { of } from './repository.ts';
import { createTrustRootFiles } from './trust-root-files.ts';
import type { Place } from './repository.ts';

export type ConnectOptions = {
  readonly client: GitHubClient;
  readonly repository: { readonly owner: string; readonly name: string };
  /** The machine's clock in epoch milliseconds: only ever compared with the server's. */
  readonly localNow: () => number;
  /** The version of the time zone database, e.g. `2026d`, recorded with each decision. Default: this runtime's. */
  readonly tzdata?: string;
  /** Shared between connections, it saves reading old ledger entries again. */
  readonly blobs?: BlobCache;
  /** Where people are told of things beside GitHub. Default: nowhere. */
  readonly webhooks?: Webhooks;
};

/** Every port of the pipeline on one GitHub repository. Nothing is requested before the first use. */
export function connectGitHub({ client, repository, localNow, tzdata = process.versions['tz'] ?? 'unknown', blobs = new Map<string, Uint8Array>(), webhooks = noWebhooks }: ConnectOptions): Outside {
  const place: Place = { client, owner: repository.owner, repo: repository.name };
  const git = { access: () => client.gitAccess(of(place)), environment: process.env };
  return {
    clock: createClock(place, { localNow, monotonicNow: () => performance.now(), tzdata }),
    policy: createPolicySource(place),
    calendars: createCalendarFiles(place),
    trustRoots: createTrustRootFiles(place),
    changes: createChanges(place, createMergeAgain(git)),
    history: createHistory(place),
    mergeCheck: createMergeCheck(place),
    promotions: createPromotions(place, createFetchTags(git)),
    probes: createProbes(place),
    deployments: createDeployments(place),
    desk: createDesk(place),
    builds: createBuilds(place),
    releases: createReleases(place),
    notices: createNotices(place, ownAuthor(place), webhooks),
    ledger: createLedgerStore(place, { branch: ledgerBranch, blobs, fetchFiles: createFetchFiles(git) }),
  };
}
