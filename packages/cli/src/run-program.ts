import { Command, CommanderError } from 'commander';
import { registerAuditMain } from './commands/audit-main.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerEvidence } from './commands/evidence/evidence.ts';
import { registerExplain } from './commands/explain.ts';
import { registerGateMerge } from './commands/gate-merge.ts';
import { registerGateOverride } from './commands/gate-override.ts';
import { registerGateRelease, registerGateStage } from './commands/gate-promotion.ts';
import { registerGatekeeper } from './commands/gatekeeper.ts';
import { registerInit } from './commands/init.ts';
import { registerLedgerConsistency } from './commands/ledger-consistency.ts';
import { registerLedgerExport } from './commands/ledger-export.ts';
import { registerLedgerNewKey } from './commands/ledger-new-key.ts';
import { registerLedgerProof } from './commands/ledger-proof.ts';
import { registerLedgerShow } from './commands/ledger-show.ts';
import { registerLedgerVerify } from './commands/ledger-verify.ts';
import { registerLedgerVerifyProof } from './commands/ledger-verify-proof.ts';
import { registerOverrideApprove } from './commands/override-approve.ts';
import { registerOverrideRequest } from './commands/override-request.ts';
import { registerPolicyCheck } from './commands/policy-check.ts';
import { registerPolicySchema } from './commands/policy-schema.ts';
import { withExamples } from './commands/register.ts';
import type { Register, Run } from './commands/register.ts';
import { registerReleaseHold, registerReleaseResume } from './commands/release-hold.ts';
import { registerReleaseSchedule, registerReleaseUnschedule } from './commands/release-schedule.ts';
import { registerReplay } from './commands/replay.ts';
import { registerRollback } from './commands/rollback.ts';
import { registerSchemaDecision, registerSchemaEvidence, registerSchemaFacts } from './commands/schema.ts';
import { registerNextVersion } from './commands/next-version.ts';
import { registerRunning } from './commands/running.ts';
import { registerSetupApp } from './commands/setup-app.ts';
import { registerSetupExport } from './commands/setup-export.ts';
import { registerSetupApply, registerSetupPlan } from './commands/setup-plan.ts';
import { registerStatus } from './commands/status.ts';
import { registerWindowCalendar } from './commands/window-calendar.ts';
import { registerWindowCheck } from './commands/window-check.ts';
import { registerWindowDiff } from './commands/window-diff.ts';
import { registerWindowExplain } from './commands/window-explain.ts';
import { registerWindowIcs } from './commands/window-ics.ts';
import { registerWindowImport } from './commands/window-import.ts';
import { registerWindowLint } from './commands/window-lint.ts';
import { registerWindowNext } from './commands/window-next.ts';
import { explainError } from './explain-error.ts';
import type { ExitCode, Io } from './io.ts';

type Group = { readonly name: string; readonly description: string; readonly example: string; readonly commands: readonly Register[] };

const groups: readonly Group[] = [
  { name: 'setup', description: 'make the lock on GitHub', example: 'sallyport setup plan --app sallyport-shop', commands: [registerSetupApp, registerSetupPlan, registerSetupApply, registerSetupExport] },
  { name: 'gate', description: 'ask a gate: may this go?', example: 'sallyport gate merge 12', commands: [registerGateMerge, registerGateStage, registerGateRelease, registerGateOverride] },
  { name: 'window', description: 'when production is open', example: 'sallyport window next -n 3', commands: [registerWindowNext, registerWindowCheck, registerWindowExplain, registerWindowCalendar, registerWindowDiff, registerWindowLint, registerWindowIcs, registerWindowImport] },
  { name: 'policy', description: 'the policy file', example: 'sallyport policy check', commands: [registerPolicyCheck, registerPolicySchema] },
  { name: 'ledger', description: 'the record of everything decided and done', example: 'sallyport ledger verify --repo acme/shop', commands: [registerLedgerVerify, registerLedgerShow, registerLedgerExport, registerLedgerProof, registerLedgerConsistency, registerLedgerVerifyProof, registerLedgerNewKey] },
  { name: 'audit', description: 'what happened past the gates', example: 'sallyport audit main --since 2026-11-01', commands: [registerAuditMain] },
  { name: 'schema', description: 'the documents that gates read and write', example: 'sallyport schema facts merge', commands: [registerSchemaFacts, registerSchemaDecision, registerSchemaEvidence] },
  { name: 'override', description: 'an urgent fix outside the window', example: 'sallyport override approve 41', commands: [registerOverrideRequest, registerOverrideApprove] },
  { name: 'release', description: 'commands on the release issue', example: 'sallyport release schedule production 2026-12-05', commands: [registerReleaseHold, registerReleaseResume, registerReleaseSchedule, registerReleaseUnschedule] },
];

/** Runs one command line (without node and script). Everything that goes wrong ends here as a message and an exit code that is not 0. */
export async function runProgram(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 2;
  const program = createProgram(io, async (body) => {
    exitCode = await body(io);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const explanation = explainError(error, { debug: program.opts<{ debug?: boolean }>().debug === true, secrets: [io.env['GITHUB_TOKEN'], io.env['GH_TOKEN']].map((text) => text?.trim() ?? '') });
    io.stderr(explanation.text);
    return explanation.exitCode;
  }
}

function createProgram(io: Io, run: Run): Command {
  const program = new Command('sallyport')
    .description('A guarded door for software releases on GitHub: reviewed, tested, staged, released in the window, and provable afterwards.')
    .version(io.version, '-V, --version', 'print the version')
    .option('--debug', 'on failure, show where in the code it happened')
    .showHelpAfterError('Run it with --help for its options and an example.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text), getOutHelpWidth: () => io.columns, getErrHelpWidth: () => io.columns, getOutHasColors: () => false, getErrHasColors: () => false })
    .addHelpText('after', '\nExit status: 0 allow, 1 deny, 2 bad input, 3 unknown or GitHub failed, 4 wait.');
  withExamples(program, 'sallyport demo', 'sallyport gate merge 12 --repo acme/shop', 'sallyport policy check');
  for (const { name, description, example, commands } of groups) {
    const group = program.command(name).description(description);
    withExamples(group, example);
    for (const register of commands) register(group, run);
  }
  for (const register of [registerInit, registerDoctor, registerExplain, registerReplay, registerEvidence, registerStatus, registerRunning, registerNextVersion, registerRollback, registerGatekeeper, registerDemo]) register(program, run);
  return program;
}
