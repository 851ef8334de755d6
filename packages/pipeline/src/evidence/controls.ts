import type { ControlEvidence } from './report.ts';

const control = (framework: string, name: string, asks: string, ...evidence: readonly string[]): ControlEvidence => ({ framework, control: name, asks, evidence });

const soc2 = 'SOC 2 (TSC 2017)';
const ssdf = 'NIST SSDF 800-218 1.1';
const slsa = 'SLSA 1.2';
const iso = 'ISO/IEC 27001:2022';
const pci = 'PCI DSS 4.0.1';

/** What auditors' frameworks ask and which columns of the report are evidence for it. Evidence is not conformity: that is the auditor's word. */
export const controls: readonly ControlEvidence[] = [
  control(soc2, 'CC8.1', 'Changes are authorised, documented, tested, approved and implemented.', 'change', 'reviewers', 'tests', 'merged at', 'decision', 'outcome'),
  control(soc2, 'CC6.1', 'Access to production is restricted.', 'tag', 'decision', 'started by'),
  control(soc2, 'CC6.3', 'Duties are separated.', 'requester', 'contributors', 'reviewers', 'override requester', 'override approvers'),
  control(soc2, 'CC6.8', 'Unauthorised software is prevented or detected.', 'build digest', 'artifacts', 'provenance', 'uncovered commits'),
  control(soc2, 'CC7.1', 'Changes and vulnerabilities are detected.', 'tests', 'uncovered commits', 'exceptions'),
  control(soc2, 'CC7.2', 'Anomalies are watched for.', 'exceptions', 'completeness'),
  control(soc2, 'CC7.4', 'Incidents are responded to.', 'override reason', 'advisory', 'rollback to', 'override review', 'delivery figures'),
  control(ssdf, 'PO.3.3', 'Tools leave evidence of secure development.', 'tests', 'intent entry', 'intent proof'),
  control(ssdf, 'PO.4.1', 'Criteria for checks are defined and tracked.', 'policy digest', 'decision'),
  control(ssdf, 'PO.4.2', 'What decisions rest on is gathered and kept safe.', 'entries', 'intent proof'),
  control(ssdf, 'PO.5.1', 'Environments are separated and protected.', 'staging', 'tag', 'decision'),
  control(ssdf, 'PS.1.1', 'Code is protected from unauthorised change.', 'contributors', 'reviewers', 'uncovered commits'),
  control(ssdf, 'PS.2.1', 'Integrity of a release can be verified.', 'build digest', 'artifacts', 'provenance'),
  control(ssdf, 'PS.3.1', 'Each release is kept.', 'build', 'artifacts'),
  control(ssdf, 'PS.3.2', 'Provenance of each release is kept.', 'provenance', 'build workflow', 'build run'),
  control(ssdf, 'PW.7.2', 'Code is reviewed, and what was found is recorded.', 'reviewers', 'reviewed commit', 'reviewed tree'),
  control(ssdf, 'PW.8.2', 'Executable code is tested.', 'tests'),
  control(ssdf, 'RV.2.2', 'Responses to vulnerabilities are planned and carried out.', 'advisory', 'override reason', 'outcome'),
  control(slsa, 'Build L1', 'Provenance shows how it was built.', 'build workflow', 'build run', 'provenance'),
  control(slsa, 'Build L2', 'A hosted platform signs the provenance.', 'provenance'),
  control(slsa, 'Build L3', 'The build cannot be influenced from outside; the signer is the expected workflow.', 'provenance'),
  control(slsa, 'Source L1', 'Source is version-controlled.', 'commit', 'merged commit'),
  control(slsa, 'Source L2', 'History is kept, and who changed what.', 'contributors', 'merged at', 'intent proof'),
  control(slsa, 'Source L3', 'Technical controls hold continuously.', 'decision', 'uncovered commits', 'exceptions'),
  control(slsa, 'Source L4', 'Two trusted people agree on the final revision.', 'contributors', 'reviewers', 'reviewed tree'),
  control(iso, '5.3', 'Conflicting duties are segregated.', 'requester', 'contributors', 'reviewers', 'override approvers'),
  control(iso, '8.15', 'Events are logged, and the log is protected.', 'entries', 'intent proof', 'outcome proof'),
  control(iso, '8.25', 'Rules for secure development are applied.', 'policy digest', 'decision'),
  control(iso, '8.28', 'Secure coding is applied.', 'reviewers', 'tests'),
  control(iso, '8.29', 'Security is tested in development and acceptance.', 'tests', 'staging', 'soaked'),
  control(iso, '8.31', 'Development, test and production are separate.', 'staging', 'tag'),
  control(iso, '8.32', 'Changes follow change management.', 'change', 'kind', 'reviewers', 'decision', 'outcome'),
  control(pci, '6.5.1', 'Changes to production have reason, approval, tests and a way back.', 'change', 'reviewers', 'tests', 'decision', 'ran before', 'rollback to'),
  control(pci, '6.5.2', 'After a significant change, the requirements are confirmed to hold.', 'outcome', 'override review'),
  control(pci, '6.5.3', 'Pre-production is separated from production.', 'staging', 'tag'),
  control(pci, '6.5.4', 'Roles in production and pre-production are separated.', 'contributors', 'reviewers', 'started by', 'override approvers'),
];
