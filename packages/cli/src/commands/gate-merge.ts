import { atHead, judgeMerge } from '@sallyport/pipeline';
import { connect, readingScopes } from '../connect.ts';
import { exitCodeOf } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { refusePolicy } from '../load-record.ts';
import { decideOffline } from '../offline/decide-offline.ts';
import { parseNumber } from '../parse-number.ts';
import { printDecision } from '../print-decision.ts';
import { offlineOptions, requireSubject, withGateOptions } from './gate-options.ts';
import type { GateOptions } from './gate-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** May this pull request merge? Reads, and changes nothing. */
export async function gateMerge(io: Io, pullRequest: string | undefined, options: GateOptions): Promise<ExitCode> {
  const offline = offlineOptions(pullRequest, options);
  if (offline !== null) return decideOffline(io, 'merge', offline);
  const number = parseNumber(requireSubject(pullRequest, 'pull request'), 'a pull request');
  const { outside, repository } = await connect(io, options, readingScopes);
  const judgement = await judgeMerge(outside, atHead(number));
  if (judgement.state === 'no-pull-request') throw new InputError(`There is no pull request #${number} in ${repository.owner}/${repository.name}.`, { next: 'Check the number and --repo.' });
  if (judgement.state !== 'decided') return refusePolicy(judgement);
  printDecision(io, judgement.decision, judgement.policy.sealed.value, options);
  return exitCodeOf(judgement.decision.outcome);
}

export const registerGateMerge: Register = (parent, run) => {
  const command = parent.command('merge').argument('[pull-request]', 'its number').summary('may this pull request merge?').description('Says whether a pull request may merge: tests, reviews, objections, and for each whether it counts and why.');
  withExamples(withGateOptions(command), 'sallyport gate merge 12 --repo acme/shop', 'sallyport gate merge --facts facts.json --policy .github/sallyport.yml --at 2026-12-05T06:00:00-08:00').action((pullRequest: string | undefined, options: GateOptions) =>
    run((io) => gateMerge(io, pullRequest, options)),
  );
};
