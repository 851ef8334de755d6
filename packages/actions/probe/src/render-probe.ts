import { code, escapeMarkdown } from '@sallyport/pipeline';
import type { PlaceOfProbe, ProbeFinding } from '@sallyport/pipeline';

export type ProbeReport = { readonly environment: string; readonly looksFor: 'health' | 'drift'; /** As it may be shown; null: the result was given. */ readonly address: string | null; readonly finding: ProbeFinding; /** null: the policy could not be read. */ readonly place: PlaceOfProbe | null };

const marks = new Map<boolean | null, string>([[true, '✅'], [false, '❌'], [null, '❔']]);

/** One line that says how it is. */
export const probeTitle = ({ environment, looksFor, finding }: Pick<ProbeReport, 'environment' | 'looksFor' | 'finding'>): string => {
  if (finding.healthy === null) return `${environment}: nothing could be compared`;
  if (looksFor === 'drift') return finding.healthy ? `${environment} runs what was promoted there` : `${environment} runs something else than was promoted there`;
  return `${environment} is ${finding.healthy ? 'healthy' : 'unhealthy'}`;
};

/** A probe as Markdown for the step summary. */
export function renderProbe(report: ProbeReport): string {
  const { address, finding, place } = report;
  return [
    `## ${marks.get(finding.healthy) ?? ''} ${escapeMarkdown(probeTitle(report))}`,
    '',
    escapeMarkdown(finding.summary),
    '',
    '| | |',
    '|---|---|',
    `| reason | ${code(finding.reason)} |`,
    ...(address === null ? [] : [`| asked | ${code(address)} |`]),
    ...(finding.shown === null ? [] : [`| says that it runs | ${code(finding.shown)} |`]),
    `| recorded | ${place === null ? 'not known: the policy could not be read' : place.recordedAs === 'nowhere' ? `nowhere: ${escapeMarkdown(place.why)}` : `by how this ${place.recordedAs === 'probe' ? 'run' : 'deploy'} ends`} |`,
    '',
  ].join('\n');
}
