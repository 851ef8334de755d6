import type { Command } from 'commander';
import { diagnose, explainMissing, weaknesses } from '@sallyport/pipeline';
import type { Diagnosis, PolicyReading } from '@sallyport/pipeline';
import { connectSettings, settingsScopes } from '../connect-settings.ts';
import type { SettingsOptions } from '../connect-settings.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { diagnosisDocument, renderDiagnosis } from '../render/diagnosis-text.ts';
import { renderSarif } from '../render/sarif.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type DoctorOptions = SettingsOptions & { readonly json?: boolean; readonly sarif?: boolean };

/** Says whether the lock holds and what is weak. 0 locked and nothing found, 1 something found, 3 when what could not be seen may hide something. */
export async function doctor(io: Io, options: DoctorOptions): Promise<ExitCode> {
  if (options.json === true && options.sarif === true) throw new InputError('Either --json or --sarif can be printed, not both.');
  const { enforcement, policy, repository } = await connectSettings(io, options, settingsScopes);
  const diagnosis = policy.state === 'valid' ? diagnose(enforcement, policy.current.sealed.value) : diagnose(enforcement, null, explain(policy));
  const shown = { repository, app: enforcement.app, diagnosis };
  if (options.json === true) io.stdout(`${JSON.stringify(diagnosisDocument(shown))}\n`);
  else if (options.sarif === true) io.stdout(`${JSON.stringify(renderSarif(diagnosis, io.version), null, 2)}\n`);
  else io.stdout(renderDiagnosis(shown, io.colors));
  return exitCodeOf(diagnosis);
}

const explain = (missing: Exclude<PolicyReading, { readonly state: 'valid' }>): string => explainMissing(missing, 'nothing is allowed').split('. ')[0]?.concat('.') ?? '';

const exitCodeOf = ({ weaknesses: found, unseen }: Diagnosis): ExitCode => (found.some(({ code }) => weaknesses[code].severity === 'error') || found.length > 0 ? 1 : unseen.length > 0 ? 3 : 0);

export const withAppOption = (command: Command): Command => command.option('--app <name or number>', 'the gatekeeper App (default: whom the rulesets name)');

export const registerDoctor: Register = (parent, run) => {
  const command = withAppOption(withGitHubOptions(parent.command('doctor')))
    .option('--json', 'print JSON')
    .option('--sarif', 'print SARIF 2.1.0, for code scanning')
    .summary('does the lock hold?')
    .description('Reads every point of enforcement on GitHub, compares it with the policy, and says the lock level, each weakness with what to do, and what an administrator, a writer and a key-holder can still bypass. Changes nothing. Exit status 0 nothing found, 1 something found, 3 something could not be seen.');
  withExamples(command, 'sallyport doctor --repo acme/shop', 'sallyport doctor --sarif > doctor.sarif').action((options: DoctorOptions) => run((io) => doctor(io, options)));
};
