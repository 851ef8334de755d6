import { planSetup } from '@sallyport/pipeline';
import type { SetupStep } from '@sallyport/pipeline';
import { changingScopes, connectSettings, settingsScopes } from '../connect-settings.ts';
import type { Settings, SettingsOptions } from '../connect-settings.ts';
import { confirm } from '../confirm.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { requirePolicy } from '../load-record.ts';
import { renderPlan } from '../render/plan-text.ts';
import { withAppOption } from './doctor.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type PlanOptions = SettingsOptions & { readonly json?: boolean };
export type ApplyOptions = PlanOptions & { readonly yes?: boolean };

/** Shows what `apply` would change. 0 nothing to change, 4 something, 3 when something cannot be seen. */
export async function setupPlan(io: Io, options: PlanOptions): Promise<ExitCode> {
  const settings = await connectSettings(io, options, settingsScopes);
  const steps = planFor(settings);
  io.stdout(options.json === true ? `${JSON.stringify({ schema: 1, repository: nameOf(settings), steps })}\n` : renderPlan(nameOf(settings), steps, io.colors));
  if (steps.some(({ state }) => state === 'unseen')) return 3;
  return steps.some(({ effects }) => effects.length > 0) ? 4 : 0;
}

/** Makes the lock, step by step, and says each. What is as it should be is left alone, so that it can be run again. */
export async function setupApply(io: Io, options: ApplyOptions): Promise<ExitCode> {
  const settings = await connectSettings(io, options, changingScopes);
  const steps = planFor(settings);
  io.stderr(renderPlan(nameOf(settings), steps, io.colors));
  const wanted = steps.filter(({ effects }) => effects.length > 0);
  if (wanted.length > 0 && !(await mayApply(io, options))) throw new InputError('Nothing was changed.', { next: 'Run it again with --yes, or answer y.' });
  for (const { what, effects } of wanted) {
    for (const effect of effects) await settings.writer.apply(effect);
    io.stderr(`${io.colors.green('✓')} ${what}\n`);
  }
  // Not from what was asked for, but from what GitHub says now.
  const now = planFor(await connectSettings(io, options, changingScopes));
  const open = now.filter(({ state }) => state !== 'held' && state !== 'not-here');
  io.stdout(options.json === true ? `${JSON.stringify({ schema: 1, repository: nameOf(settings), changed: wanted.map(({ what }) => what), open: open.map(({ what }) => what) })}\n` : `${summary(wanted, open)}\n`);
  return open.length === 0 ? 0 : open.some(({ state }) => state === 'unseen') ? 3 : 1;
}

function summary(changed: readonly SetupStep[], open: readonly SetupStep[]): string {
  const done = changed.length === 0 ? 'Everything is as it should be; nothing was changed.' : `${changed.length} of the settings above changed.`;
  if (open.length === 0) return `${done} Next: sallyport doctor`;
  return `${done} Not as it should be, as GitHub says now: ${open.map(({ what }) => what).join(', ')}.`;
}

async function mayApply(io: Io, { yes }: ApplyOptions): Promise<boolean> {
  if (yes === true) return true;
  return io.isTerminal && (await confirm(io, 'Make these changes?'));
}

function planFor({ enforcement, policy }: Settings): readonly SetupStep[] {
  const { value } = requirePolicy(policy).sealed;
  if (enforcement.app === null) throw new InputError('The gatekeeper App is not known: no ruleset names it.', { next: 'Make it with `sallyport setup app`, or name it with --app.' });
  return planSetup(enforcement, value, enforcement.app.id);
}

const nameOf = ({ repository: { owner, name } }: Settings): string => `${owner}/${name}`;

export const registerSetupPlan: Register = (parent, run) => {
  const command = withAppOption(withGitHubOptions(parent.command('plan')))
    .option('--json', 'print JSON')
    .summary('what would be changed')
    .description('Compares environments, rulesets, settings of Actions and labels with what the policy needs, and shows the difference. Changes nothing. Exit status 0 nothing to change, 4 something, 3 something cannot be seen.');
  withExamples(command, 'sallyport setup plan --app sallyport-shop', 'sallyport setup plan --repo acme/shop --json').action((options: PlanOptions) => run((io) => setupPlan(io, options)));
};

export const registerSetupApply: Register = (parent, run) => {
  const command = withAppOption(withGitHubOptions(parent.command('apply')))
    .option('-y, --yes', 'ask nothing')
    .option('--json', 'print JSON')
    .summary('change it')
    .description('Shows the same difference, makes the changes, and looks once more. What is as it should be is left alone, and so is every ruleset and environment of another name. Exit status 0 all as it should be, 1 not, 3 something cannot be seen.');
  withExamples(command, 'sallyport setup apply --app sallyport-shop', 'sallyport setup apply --app sallyport-shop --yes').action((options: ApplyOptions) => run((io) => setupApply(io, options)));
};
