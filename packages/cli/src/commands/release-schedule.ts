import { giveCommand } from './release-command.ts';
import type { CommandOptions } from './release-command.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export const registerReleaseSchedule: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('schedule').argument('<environment>', 'what is to be released').argument('<opening>', 'the date on which it begins (YYYY-MM-DD, by the window’s clock), or next').argument('[build]', 'sha256: and at least 12 digits; without it, what is ready then'))
    .option('--json', 'print JSON')
    .summary('say in which opening of the window')
    .description('Names the opening of the window in which an environment is released, by a command on its release issue. Needs the maintain role.');
  withExamples(command, 'sallyport release schedule production 2026-12-05', 'sallyport release schedule production next sha256:3b1f0c8a9d2e').action((environment: string, opening: string, build: string | undefined, options: CommandOptions) =>
    run((io) => giveCommand(io, options, environment, `/schedule ${environment} ${opening}${build === undefined ? '' : ` ${build}`}`)),
  );
};

export const registerReleaseUnschedule: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('unschedule').argument('<environment>', 'what was scheduled')).option('--json', 'print JSON').summary('take the schedule back').description('Takes back which opening was named for an environment. Needs the maintain role.');
  withExamples(command, 'sallyport release unschedule production').action((environment: string, options: CommandOptions) => run((io) => giveCommand(io, options, environment, `/unschedule ${environment}`)));
};
