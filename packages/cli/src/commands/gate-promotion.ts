import { calendarsAt, decidePromotion } from '@sallyport/pipeline';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { connect, readingScopes } from '../connect.ts';
import { exitCodeOf } from '../exit-code.ts';
import { findBuild } from '../find-build.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { decideOffline } from '../offline/decide-offline.ts';
import { printDecision } from '../print-decision.ts';
import { plain } from '../render/plain.ts';
import { offlineOptions, requireSubject, withGateOptions } from './gate-options.ts';
import type { GateOptions } from './gate-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

type PromotionGate = 'stage' | 'release';
export type PromotionGateOptions = GateOptions & { readonly environment?: string };

/** May this build enter the environment? Reads, and changes nothing. */
export async function gatePromotion(io: Io, gate: PromotionGate, name: string | undefined, options: PromotionGateOptions): Promise<ExitCode> {
  const offline = offlineOptions(name, options);
  if (offline !== null) return decideOffline(io, gate, offline);
  const wanted = requireSubject(name, 'build');
  const { outside } = await connect(io, options, readingScopes);
  const [{ repository, policy, state }, now] = await Promise.all([loadRecord(outside), outside.clock.read()]);
  const environment = chooseEnvironment(policy.sealed.value, gate, options.environment);
  const build = findBuild(state, wanted);
  const { decision } = await decidePromotion({ outside, calendars: calendarsAt(outside.calendars, policy.sealed.value, now), repository, policy, state, now, unreadCommands: null }, { environment, build: build.digest, asking: { for: 'promotion' } });
  printDecision(io, decision, policy.sealed.value, options);
  return exitCodeOf(decision.outcome);
}

/** The environment asked for, else the last the gate guards. Throws InputError when there is none such, or another gate guards it. */
export function chooseEnvironment({ environments }: Policy, gate: PromotionGate, name: string | undefined): EnvironmentPolicy {
  const guarded = environments.filter(({ after }) => (after === null) === (gate === 'stage'));
  const chosen = name === undefined ? guarded.at(-1) : environments.find((environment) => environment.name === name);
  if (chosen === undefined) {
    const names = environments.map((environment) => environment.name).join(', ');
    throw new InputError(name === undefined ? `The policy has no environment that the ${gate} gate guards.` : `The policy has no environment "${plain(name)}".`, { next: `Its environments are ${names}.` });
  }
  if (!guarded.includes(chosen)) {
    const other = gate === 'stage' ? 'release' : 'stage';
    throw new InputError(`${chosen.name} comes after ${chosen.after?.environment ?? 'no other environment'}, so the ${other} gate guards it.`, { next: `Ask \`sallyport gate ${other} … --environment ${chosen.name}\`.` });
  }
  return chosen;
}

export const registerGateStage: Register = (parent, run) => {
  const command = parent.command('stage').argument('[build]', 'version, digest, or at least 12 hex digits of it').summary('may this build go to staging?').description('Says whether a build may enter an environment that comes after no other.');
  withExamples(withGateOptions(command).option('--environment <name>', 'default: the last such environment of the policy'), 'sallyport gate stage 1.8.0-rc.3').action((build: string | undefined, options: PromotionGateOptions) =>
    run((io) => gatePromotion(io, 'stage', build, options)),
  );
};

export const registerGateRelease: Register = (parent, run) => {
  const command = parent.command('release').argument('[build]', 'version, digest, or at least 12 hex digits of it').summary('may this build go to production?').description('Says whether a build may enter production: staging, soak, window, freezes, holds, or an override.');
  withExamples(
    withGateOptions(command).option('--environment <name>', 'default: the last environment of the policy'),
    'sallyport gate release 1.8.0-rc.3',
    'sallyport gate release sha256:2f0c6b7e91aa --environment production --json',
    'sallyport gate release --facts case.json --check',
  ).action((build: string | undefined, options: PromotionGateOptions) => run((io) => gatePromotion(io, 'release', build, options)));
};
