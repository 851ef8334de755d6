import { requirePolicy } from '../load-record.ts';
import { connectSettings, settingsScopes } from '../connect-settings.ts';
import type { SettingsOptions } from '../connect-settings.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { terraformOf } from '../setup/terraform.ts';
import { withAppOption } from './doctor.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

/** Prints what `apply` would make, whether it is there or not, as Terraform. */
async function setupExport(io: Io, options: SettingsOptions): Promise<ExitCode> {
  const { repository, enforcement, policy } = await connectSettings(io, options, settingsScopes);
  const { value } = requirePolicy(policy).sealed;
  if (enforcement.app === null) throw new InputError('The gatekeeper App is not known: no ruleset names it.', { next: 'Make it with `sallyport setup app`, or name it with --app.' });
  io.stdout(`${JSON.stringify(terraformOf({ repository, policy: value, app: enforcement.app.id, defaultBranch: enforcement.repository.defaultBranch }), null, 2)}\n`);
  return 0;
}

export const registerSetupExport: Register = (parent, run) => {
  const command = withAppOption(withGitHubOptions(parent.command('export')))
    .summary('the same as Terraform')
    .description('Prints rulesets, environments, settings of Actions and the label in Terraform’s JSON syntax, for the provider integrations/github. Secrets are not in it.');
  withExamples(command, 'sallyport setup export --app sallyport-shop > sallyport.tf.json').action((options: SettingsOptions) => run((io) => setupExport(io, options)));
};
