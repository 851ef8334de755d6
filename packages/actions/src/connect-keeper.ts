import { setTimeout } from 'node:timers/promises';
import * as core from '@actions/core';
import { connectGitHub, createFileCache, createGitHubClient, noWebhooks } from '@sallyport/github';
import type { EarlyAnswer, Webhooks } from '@sallyport/github';
import { createLedgerOpener } from '@sallyport/pipeline';
import type { CurrentPolicy, LedgerWriter, Outside, RepositoryFact } from '@sallyport/pipeline';
import { readKeeperInputs } from './inputs.ts';
import type { RunnerEnvironment } from './runner-environment.ts';
import { userAgent } from './user-agent.ts';

export type Keeper = { readonly outside: Outside; readonly openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerWriter };

export type KeeperOptions = {
  /** What `askAhead` gave. */
  readonly ahead: EarlyAnswer | null;
  /** Where answers are kept; null: not at all. */
  readonly cacheDirectory?: string | null;
  /** Where people are told of things beside GitHub. */
  readonly webhooks?: Webhooks;
};

/** Connects as the gatekeeper App and opens the ledger for writing. */
export function connectKeeper(runner: RunnerEnvironment, { ahead, cacheDirectory: directory = null, webhooks = noWebhooks }: KeeperOptions): Keeper {
  const inputs = readKeeperInputs((name) => core.getInput(name));
  maskLines(inputs.appKey);
  maskLines(inputs.ledgerKey);
  const client = createGitHubClient({
    baseUrl: runner.apiUrl,
    auth: { kind: 'app', appId: inputs.appId, privateKeyPem: inputs.appKey, owner: runner.repository.owner, name: runner.repository.name },
    userAgent,
    ...(ahead === null ? {} : { early: ahead }),
    ...(directory === null ? {} : { cache: createFileCache({ directory, now: () => Date.now() }) }),
  });
  const outside = connectGitHub({ client, repository: runner.repository, localNow: () => Date.now(), webhooks });
  const open = createLedgerOpener(outside.ledger, { privateKeyPem: inputs.ledgerKey, sleep: setTimeout, jitter: () => Math.random() });
  return { outside, openLedger: (policy, repository) => open({ policy: policy.sealed.value, repository }) };
}

/** The runner masks whole lines only, so a key is masked line by line. */
function maskLines(secret: string): void {
  for (const line of secret.split('\n')) if (line.length > 0 && !line.startsWith('-----')) core.setSecret(line);
}
