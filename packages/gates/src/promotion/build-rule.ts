import type { Question } from '../create-gate.ts';
import { artifactText } from '../facts/artifact.ts';
import type { Artifact } from '../facts/artifact.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { byText, counted, shortSha } from '../wording.ts';
import { provenanceEvidence, provenanceFindings } from './provenance.ts';
import { valueOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Is this a registered build, made by the policy's workflow from the commit that landed, with known digests and the signature that the policy asks for? */
export function buildRule(question: Question<PromotionFacts>): Ruling {
  const build = valueOf(question.facts.build);
  const artifacts = [...(build?.artifacts ?? [])].sort((a, b) => byText(nameOf(a), nameOf(b)) || byText(a.digest, b.digest));
  const evidence = build === null ? [] : [`build ${build.digest}`, `ledger entry ${build.ledgerIndex}`, `workflow run ${build.runId}`, ...artifacts.map(artifactText), ...provenanceEvidence(question)];
  const summary = `${build?.version ?? 'The build'} is registered with ${counted(artifacts.length, 'artifact digest')}.`;
  return ruling('build', findings(question), { summary, evidence });
}

const nameOf = (artifact: Artifact): string => ('image' in artifact ? artifact.image : artifact.name);

function findings({ policy, facts }: Question<PromotionFacts>): readonly Finding[] {
  if ('unknown' in facts.build) return [missingFact('The build', facts.build.unknown)];
  const { version, commit, workflow } = facts.build.known;
  const landing = valueOf(facts.landing);
  const expected = policy.build.workflow;
  const next = [{ who: 'a developer', what: `register a build made by ${expected} from a commit that passed the merge gate` }];
  const otherWorkflow: Finding = { outcome: 'deny', reason: 'build-other-workflow', summary: `${version} was made by ${workflow}; the policy takes builds only from ${expected}.`, next };
  const otherCommit: Finding = {
    outcome: 'deny',
    reason: 'build-other-commit',
    summary: `${version} was made from ${shortSha(commit)}, but what is known of the landing is about ${shortSha(landing?.commit ?? '')}.`,
    next,
  };
  return [...(workflow === expected ? [] : [otherWorkflow]), ...(landing === null || landing.commit === commit ? [] : [otherCommit]), ...provenanceFindings({ policy, facts }, facts.build.known)];
}
