import { doctorPage, weaknessCodes, weaknesses, weaknessPage } from '@sallyport/pipeline';
import type { Diagnosis, Weakness } from '@sallyport/pipeline';

/** Settings have no file, and code scanning shows nothing without one: they are shown at the policy. */
const settings = { path: '.github/sallyport.yml', line: 1 };

/** A diagnosis as SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it. What could not be seen is a note of the run, not a result. */
export function renderSarif({ level, weaknesses: found, unseen }: Diagnosis, version: string): Record<string, unknown> {
  const codes = weaknessCodes.filter((code) => found.some((one) => one.code === code));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sallyport doctor',
            version,
            informationUri: doctorPage,
            rules: codes.map((code) => ({ id: code, shortDescription: { text: weaknesses[code].title }, helpUri: weaknessPage(code), defaultConfiguration: { level: weaknesses[code].severity } })),
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: unseen.map(({ what, why }) => ({ level: 'note', message: { text: `Not seen: ${what}: ${why}.` } })) }],
        properties: { level },
        results: found.map((one) => resultOf(one, codes.indexOf(one.code))),
      },
    ],
  };
}

function resultOf({ code, where, message, next, file = settings }: Weakness, ruleIndex: number): Record<string, unknown> {
  return {
    ruleId: code,
    ruleIndex,
    level: weaknesses[code].severity,
    message: { text: `${where}: ${message} ${next}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file.path }, region: { startLine: file.line } } }],
    // The same weakness is the same alert, whatever line it moves to.
    partialFingerprints: { 'sallyport/v1': `${code}:${where}` },
  };
}
