import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import * as core from '@actions/core';
import type { EarlyAnswer } from '@sallyport/github';
import { explainMissing, readPolicy, readTrustRoot, registerBuild } from '@sallyport/pipeline';
import type { BuildFile, ProvenanceTerms, RepositoryFact, TrustRootFiles } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { connectKeeper } from '../../src/connect-keeper.ts';
import { InputError } from '../../src/input-error.ts';
import { runAction } from '../../src/run-action.ts';
import { readRunnerEnvironment } from '../../src/runner-environment.ts';

/** Registers what the build workflow has made. */
export async function register(ahead: EarlyAnswer | null): Promise<void> {
  await runAction(async () => {
    const runner = readRunnerEnvironment(process.env);
    const { outside, openLedger } = connectKeeper(runner, { ahead });
    const reading = await readPolicy(outside.policy);
    if (reading.state !== 'valid') throw new InputError('policy-unusable', explainMissing(reading, 'no build is registered'));
    const policy = reading.current.sealed.value;
    const repository = await outside.changes.repository();
    if (runner.ref !== `refs/heads/${repository.defaultBranch}`) throw new InputError('not-this-workflow', `Builds are registered from ${repository.defaultBranch} only; this run is for ${runner.ref}.`, { next: `Let the workflow run on pushes to ${repository.defaultBranch}.` });
    if (runner.workflow !== policy.build.workflow) throw new InputError('not-this-workflow', `The policy names ${policy.build.workflow} as the build workflow; this run is of ${runner.workflow}.`, { next: 'Register the build there, or name this workflow in the policy.' });

    const files = core.getMultilineInput('files').map((path) => readBuildFile(resolve(runner.workspace, path)));
    const images = core.getMultilineInput('images');
    const provenance = core.getInput('provenance');
    const terms = await readTerms(policy, outside.trustRoots, { repository, bundle: provenance === '' ? null : resolve(runner.workspace, provenance) });
    if (terms === 'none' && provenance !== '') core.info('The policy has `build.provenance: none`, so the signature is neither checked nor kept.');
    const registration = await registerBuild(outside, openLedger(reading.current, repository), { version: core.getInput('version'), commit: runner.sha, workflow: runner.workflow, runId: runner.runId, files, images }, terms);
    if (registration.state === 'refused') throw new InputError('refused', registration.problems.join(' '));
    core.setOutput('build', registration.digest);
    core.setOutput('version', registration.version);
    core.info(`${registration.state === 'registered' ? 'Registered' : 'Already registered'}: build ${registration.version}, ${registration.digest}, ${files.length} file(s) under release ${registration.release}, ${images.length} image(s) in their registries`);
  });
}

type Given = { readonly repository: RepositoryFact; readonly bundle: string | null };

async function readTerms(policy: Policy, trustRoots: TrustRootFiles, { repository, bundle }: Given): Promise<ProvenanceTerms> {
  if (policy.build.provenance === 'none') return 'none';
  const trust = await readTrustRoot(trustRoots, policy);
  if (trust.state === 'unusable') throw new InputError('policy-unusable', trust.problem, { next: 'Correct the file, or leave `build.trust-root` out of the policy to take the public-good one.' });
  return { bundle: bundle === null ? null : readBuildFile(bundle).bytes, repository, root: trust.root };
}

function readBuildFile(path: string): BuildFile {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) throw new InputError('file-missing', `There is no file ${path}.`, { next: '`files` takes one path a line, `provenance` one path, relative to the workspace.' });
  return { name: basename(path), bytes: readFileSync(path) };
}
