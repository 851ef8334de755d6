import { known, unknown } from '@sallyport/gates';
import type { Fact, ProvenanceFact, StageFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import type { RegisteredBuild } from './ledger-state.ts';
import { OutsideError } from './outside-error.ts';
import type { BuildStore, RepositoryFact, TrustRootFiles } from './ports.ts';
import { parseTrustRoot, readPublicGoodTrustRoot } from './provenance/parse-trust-root.ts';
import type { TrustRootReading } from './provenance/parse-trust-root.ts';
import { refused } from './provenance/refused.ts';
import { verifyProvenance } from './provenance/verify-provenance.ts';
import { sha256 } from './sha256.ts';

export type ProvenanceSources = { readonly builds: Pick<BuildStore, 'fetch'>; readonly trustRoots: TrustRootFiles };

type Question = { readonly policy: Policy; readonly repository: RepositoryFact; readonly build: RegisteredBuild | undefined };

/**
 * Checks the signature that is kept beside a build, anew each time: what was believed at registration is not taken on trust later.
 * Undefined where the policy requires none. What cannot be read is unknown, never missing.
 */
export async function gatherProvenance(sources: ProvenanceSources, question: Question): Promise<StageFacts['provenance']> {
  if (question.policy.build.provenance !== 'required') return undefined;
  if (question.build === undefined) return unknown('the build is not registered');
  try {
    return await check(sources, { ...question, build: question.build });
  } catch (error) {
    if (error instanceof OutsideError) return unknown(error.message.replace(/\.$/, ''));
    throw error;
  }
}

async function check({ builds, trustRoots }: ProvenanceSources, { policy, repository, build }: Question & { readonly build: RegisteredBuild }): Promise<Fact<ProvenanceFact>> {
  const { digest, provenance: kept, commit, artifacts } = build;
  if (kept === undefined) return known({ state: 'missing', build: digest });
  const trust = await readTrustRoot(trustRoots, policy);
  if (trust.state === 'unusable') return unknown(trust.problem.replace(/\.$/, ''));
  const bytes = await builds.fetch(build.release, kept.name);
  if (bytes === null) return known({ build: digest, ...refused('bundle-gone', `${kept.name} is no longer kept under release ${build.release}.`) });
  if (sha256(bytes) !== kept.digest) return known({ build: digest, ...refused('bundle-replaced', `${kept.name} under release ${build.release} has digest ${sha256(bytes)}, but it was registered with ${kept.digest}.`) });
  const verdict = await verifyProvenance(bytes, artifacts, { signer: { repository, branch: repository.defaultBranch, workflow: policy.build.workflow, commit }, root: trust.root });
  return known(verdict.state === 'refused' ? { build: digest, ...verdict } : { build: digest, ...verdict, repository: repository.id, commit });
}

/** The trust root that the policy names, else the public-good one. Throws OutsideError when the file cannot be read. */
export async function readTrustRoot(files: TrustRootFiles, { build: { trustRoot } }: Policy): Promise<TrustRootReading> {
  if (trustRoot === undefined) return readPublicGoodTrustRoot();
  const bytes = await files.readFile(trustRoot);
  if (bytes === null) return { state: 'unusable', problem: `The default branch has no file ${trustRoot}, which the policy names as the trust root.` };
  return parseTrustRoot(bytes);
}
