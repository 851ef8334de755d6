import { setTimeout as sleep } from 'node:timers/promises';
import { createLedgerOpener, describeEffect, describeMade, sweep } from '@sallyport/pipeline';
import type { SweepReport } from '@sallyport/pipeline';
import { connectKeeper } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import type { ExitCode, Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type GatekeeperOptions = GitHubOptions & { readonly dryRun?: boolean };

/** One sweep as the gatekeeper App: what the action does, from a shell. */
export async function gatekeeper(io: Io, options: GatekeeperOptions): Promise<ExitCode> {
  const { outside, ledgerKey } = await connectKeeper(io, options);
  const open = createLedgerOpener(outside.ledger, { privateKeyPem: ledgerKey, sleep: (milliseconds) => sleep(milliseconds), jitter: () => io.random() });
  const report = await sweep(outside, {
    dryRun: options.dryRun === true,
    openLedger: (policy, repository) => open({ policy: policy.sealed.value, repository }),
    onEffect: (effect) => io.stdout(`${plain(describeEffect(effect))}\n`),
  });
  if (report.state === 'planned') io.stdout(report.effects.map((effect) => `would ${plain(describeEffect(effect))}\n`).join(''));
  if (report.effects.length === 0 && report.problems.length === 0) io.stdout('Nothing to do.\n');
  io.stdout(report.decisions.map((made) => `${plain(describeMade(made))}\n`).join(''));
  io.stdout(report.notes.map(({ code, message }) => `note ${code}: ${plain(message)}\n`).join(''));
  io.stderr(report.problems.map((problem) => `sallyport: ${plain(problem)}\n`).join(''));
  return exitCodes[report.state];
}

const exitCodes: Readonly<Record<SweepReport['state'], ExitCode>> = { swept: 0, planned: 0, unsettled: 3, 'clock-untrusted': 3, 'ledger-broken': 3, 'policy-missing': 2, 'policy-invalid': 2 };

export const registerGatekeeper: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('gatekeeper'))
    .option('--dry-run', 'print the plan, do nothing')
    .summary('one sweep of the gatekeeper')
    .description('Looks at the repository, decides, records, promotes. Needs SALLYPORT_APP_ID, SALLYPORT_APP_KEY and SALLYPORT_LEDGER_KEY in the environment; where the policy tells Slack or Teams, SALLYPORT_SLACK_WEBHOOK or SALLYPORT_TEAMS_WEBHOOK as well.');
  withExamples(command, 'sallyport gatekeeper --dry-run --repo acme/shop').action((options: GatekeeperOptions) => run((io) => gatekeeper(io, options)));
};
