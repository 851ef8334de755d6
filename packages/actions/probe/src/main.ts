import { setTimeout as sleep } from 'node:timers/promises';
import * as core from '@actions/core';
import { askPage, connectGitHub, createGitHubClient, shownAddress } from '@sallyport/github';
import { explainMissing, judgeDrift, judgeHealth, oneLine, openLedgerReader, OutsideError, placeOfProbe, readPolicy, readState, requireIntact, whatRuns } from '@sallyport/pipeline';
import type { OutsideReader, PageAnswer, PlaceOfProbe, ProbeFinding, Running } from '@sallyport/pipeline';
import { InputError } from '../../src/input-error.ts';
import { describeError, runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';
import type { RunnerEnvironment } from '../../src/runner-environment.ts';
import { userAgent } from '../../src/user-agent.ts';
import { readProbeInputs } from './probe-inputs.ts';
import type { ProbeInputs } from './probe-inputs.ts';
import { probeTitle, renderProbe } from './render-probe.ts';

const pauseMilliseconds = 2000;
/** As the gatekeeper reads it (docs/health.md). */
const driftJob = 'drift';

await runAction(async () => {
  const runner = readRunnerEnvironment(process.env);
  const inputs = readProbeInputs((name) => core.getInput(name));
  const client = createGitHubClient({ baseUrl: runner.apiUrl, auth: { kind: 'token', token: core.getInput('github-token', { required: true }) }, userAgent });
  const outside = connectGitHub({ client, repository: runner.repository, localNow: () => Date.now() });
  const place = await findPlace(outside, runner, inputs);
  const finding = await look(outside, inputs);
  const { environment, looksFor, from, failStep } = inputs;
  const report = { environment, looksFor, address: 'url' in from ? shownAddress(from.url) : null, finding, place };
  core.setOutput('healthy', finding.healthy === null ? '' : String(finding.healthy));
  core.setOutput('reason', finding.reason);
  core.setOutput('shown', finding.shown ?? '');
  core.setOutput('recorded-as', place?.recordedAs ?? '');
  await core.summary.addRaw(renderProbe(report), true).write();
  const said = oneLine(`${probeTitle(report)}. ${finding.summary}`);
  if (place?.recordedAs === 'nowhere') core.warning(oneLine(`Nothing of this comes into the record. ${place.why}`));
  if (looksFor === 'drift' && process.env['GITHUB_JOB'] !== driftJob) core.warning(`The record takes drift from a job named ${driftJob}, and this one has another name: whatever it finds, ${environment} is only unhealthy by it. Rename the job.`);
  if (finding.healthy !== false) core.info(said);
  else if (failStep) throw new InputError('unhealthy', said);
  else failAtTheEnd(said);
});

/** The steps after this one still run; the post step fails the job, so that the run ends as what it found. */
function failAtTheEnd(said: string): void {
  core.saveState('unhealthy', said);
  core.warning(`${said} The job fails at its end, which is what the record takes.`);
}

/** A GitHub that cannot be asked makes no environment unhealthy: only mistakes in the workflow file or the policy are errors. */
async function findPlace(outside: OutsideReader, runner: RunnerEnvironment, { environment }: ProbeInputs): Promise<PlaceOfProbe | null> {
  try {
    const [{ defaultBranch }, reading] = await Promise.all([outside.changes.repository(), readPolicy(outside.policy)]);
    if (reading.state !== 'valid') {
      core.warning(explainMissing(reading, 'nobody knows whether this probe is read'));
      return null;
    }
    const policy = reading.current.sealed.value;
    const place = placeOfProbe(policy, environment, { workflow: runner.workflow, event: runner.event.name, ref: runner.ref, defaultBranch });
    if (place === null) throw new InputError('input-invalid', `The policy has no environment ${oneLine(environment)}.`, { next: `Give one of ${policy.environments.map(({ name }) => name).join(', ')} as \`environment\`.` });
    return place;
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    core.warning(oneLine(`Whether this probe is read could not be learnt: ${describeError(error)}`));
    return null;
  }
}

async function look(outside: OutsideReader, { environment, looksFor, from, terms }: ProbeInputs): Promise<ProbeFinding> {
  if ('given' in from) return { healthy: from.given, reason: 'given', summary: 'An earlier step has looked.', shown: null };
  if (looksFor === 'drift') {
    const running = await readRunning(outside, environment);
    return 'unread' in running ? { healthy: null, reason: 'not-compared', summary: running.unread, shown: null } : judgeDrift(await ask(from), terms.field ?? '', running.known);
  }
  let finding = judgeHealth(await ask(from), terms);
  for (let left = from.attempts - 1; left > 0 && finding.healthy === false; left -= 1) {
    core.info(oneLine(`${finding.summary} Asked again in ${pauseMilliseconds / 1000} s.`));
    await sleep(pauseMilliseconds);
    finding = judgeHealth(await ask(from), terms);
  }
  return finding;
}

function ask({ url, limits }: Extract<ProbeInputs['from'], { readonly url: URL }>): Promise<PageAnswer> {
  return askPage(url, limits);
}

/** What cannot be read makes no drift. */
async function readRunning(outside: OutsideReader, environment: string): Promise<{ readonly known: Running | null } | { readonly unread: string }> {
  try {
    const [repository, reading] = await Promise.all([outside.changes.repository(), readPolicy(outside.policy)]);
    if (reading.state !== 'valid') return { unread: explainMissing(reading, 'nothing can be compared') };
    const ledger = requireIntact(await openLedgerReader(outside.ledger, { policy: reading.current.sealed.value, repository }).read(), 'nothing can be compared');
    return { known: whatRuns(readState(ledger), environment) };
  } catch (error) {
    return { unread: `What the ledger says could not be read: ${describeError(error)}` };
  }
}
