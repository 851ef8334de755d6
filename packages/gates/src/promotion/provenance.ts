import type { Policy } from '@sallyport/policy';
import type { ProvenanceFact } from '../facts/provenance.ts';
import type { BuildFact } from '../facts/shared.ts';
import { missingFact } from '../ruling.ts';
import type { Finding } from '../ruling.ts';
import { shortSha } from '../wording.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { valueOf } from './promotion-facts.ts';

type Asked = { readonly policy: Policy; readonly facts: PromotionFacts };

/** What keeps the build's provenance from being believed, where the policy requires it (P01, P03). No override waives it (L4). */
export function provenanceFindings({ policy, facts }: Asked, build: BuildFact): readonly Finding[] {
  // Facts recorded before provenance was gathered hold none; policyEnforcedRule speaks of them.
  if (policy.build.provenance !== 'required' || facts.provenance === undefined) return [];
  if ('unknown' in facts.provenance) return [missingFact('The provenance of the build', facts.provenance.unknown)];
  const provenance = facts.provenance.known;
  const next = [{ who: 'a developer', what: `let ${policy.build.workflow} sign what it builds (actions/attest-build-provenance), register that with the signature under a new version, and stage it` }];
  if (provenance.build !== build.digest) return [{ outcome: 'deny', reason: 'provenance-other-build', summary: `What is known of provenance is about ${provenance.build}, not about ${build.version}.`, next }];
  switch (provenance.state) {
    case 'missing':
      return [{ outcome: 'deny', reason: 'provenance-missing', summary: `${build.version} was registered without signed provenance, which the policy requires.`, next }];
    case 'refused':
      return [{ outcome: 'deny', reason: 'provenance-refused', summary: `The provenance of ${build.version} is not believed (${provenance.code}): ${provenance.problem}`, next }];
    case 'verified':
      return isOf(provenance, { policy, facts }, build) ? [] : [{ outcome: 'deny', reason: 'provenance-refused', summary: `The provenance of ${build.version} was signed by ${provenance.signer} of repository ${provenance.repository} at ${shortSha(provenance.commit)}, not by ${signerOf({ policy, facts })} of repository ${facts.repository.id} at ${shortSha(build.commit)}.`, next }];
    default:
      return provenance satisfies never;
  }
}

/** Who signed the build and when, for the record. */
export function provenanceEvidence({ facts, policy }: Asked): readonly string[] {
  const provenance = policy.build.provenance === 'required' && facts.provenance !== undefined ? valueOf(facts.provenance) : null;
  if (provenance?.state !== 'verified') return [];
  return [`signed by ${provenance.signer}`, ...(provenance.run === null ? [] : [provenance.run]), `signature bundle ${provenance.bundle}`, `trust root ${provenance.trustRoot}`];
}

type Verified = Extract<ProvenanceFact, { readonly state: 'verified' }>;

/** Whoever gathered it compared the same; the gate does not take its word. */
function isOf(provenance: Verified, asked: Asked, build: BuildFact): boolean {
  return provenance.signer === signerOf(asked) && provenance.repository === asked.facts.repository.id && provenance.commit === build.commit;
}

const signerOf = ({ policy, facts: { repository } }: Asked): string => `https://github.com/${repository.owner}/${repository.name}/${policy.build.workflow}@refs/heads/${repository.defaultBranch}`;
