import { giveCommand, oneSpaced } from './release-command.ts';
import type { CommandOptions } from './release-command.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

type HoldOptions = CommandOptions & { readonly reason: string };

export const registerReleaseHold: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('hold').argument('<environment>', 'where nothing is to go'))
    .requiredOption('--reason <text>', 'why, in a few words')
    .option('--json', 'print JSON')
    .summary('let nothing go to an environment')
    .description('Holds an environment by a command on its release issue: nothing is promoted there until it is resumed. Needs the write role.');
  withExamples(command, "sallyport release hold production --reason 'the payment provider is down'").action((environment: string, options: HoldOptions) => run((io) => giveCommand(io, options, environment, `/hold ${environment} ${oneSpaced(options.reason)}`)));
};

export const registerReleaseResume: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('resume').argument('<environment>', 'what was held'))
    .option('--json', 'print JSON')
    .summary('end a hold')
    .description('Ends your hold on an environment, or, with the maintain role, everybody’s. Holds that are issues are ended by closing them.');
  withExamples(command, 'sallyport release resume production').action((environment: string, options: CommandOptions) => run((io) => giveCommand(io, options, environment, `/resume ${environment}`)));
};
