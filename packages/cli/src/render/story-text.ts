import { describeInstant } from '@sallyport/calendar';
import { decisionDocument, promotionsTo } from '@sallyport/pipeline';
import type { LedgerState, RecordedPromotion } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import type { Line } from '../demo/narrator.ts';
import type { Story } from '../demo/play-story.ts';
import { entryCount, plain } from './plain.ts';
import { renderTable } from './table.ts';

const zone = 'America/Los_Angeles';

/** What the week led to: what went to production, how, and the ledger that vouches for it. */
export function renderEnding(story: Story, colors: Colors): string {
  const parts = story.record === null ? [] : [colors.bold('Production'), deploymentsTable(story.record.state, colors), '', ledgerLine(story), ''];
  return `\n${[...parts, verdict(story, colors)].join('\n')}\n`;
}

function deploymentsTable(state: LedgerState, colors: Colors): string {
  const rows = promotionsTo(state, 'production').map((promotion) => [promotion.version, describeInstant(promotion.at, zone), wayOf(state, promotion), promotion.end?.outcome ?? 'under way']);
  return renderTable([{ head: 'version' }, { head: 'when' }, { head: 'by', width: 24 }, { head: 'outcome' }], rows, colors);
}

function wayOf(state: LedgerState, { override }: RecordedPromotion): string {
  if (override === null) return 'the window';
  const approvers = state.grants.get(override)?.approvers.map(({ login }) => plain(login)) ?? [];
  return `override #${plain(override)}, approved by ${approvers.join(', ')}`;
}

const ledgerLine = ({ record }: Story): string => (record === null ? '' : `Ledger intact: ${entryCount(record.ledger.head.size)}, root ${record.ledger.head.root}`);

function verdict({ held, lines }: Story, colors: Colors): string {
  if (held) return colors.green('Every expectation held.');
  const failed = lines.filter((line) => line.kind === 'expectation').filter((line) => !line.held);
  return [colors.red('These expectations did not hold:'), ...failed.map(({ text, seen }) => `  ${text}: ${plain(String(seen))}`)].join('\n');
}

/** The whole story as one document; decisions with rules, reasons and inputs, instants in ISO 8601. */
export function storyDocument({ held, lines, cases, record, contractMismatches }: Story): Record<string, unknown> {
  return {
    schema: 1,
    held,
    lines: lines.map(lineDocument),
    cases,
    deployments: record === null ? [] : promotionsTo(record.state, 'production').map((promotion) => deploymentDocument(record.state, promotion)),
    ledger: record === null ? null : { size: record.ledger.head.size, root: record.ledger.head.root, checkpoint: record.ledger.checkpoint },
    contractMismatches,
  };
}

const lineDocument = (line: Line): Record<string, unknown> => (line.kind === 'answer' ? { ...line, decision: decisionDocument(line.decision) } : { ...line });

function deploymentDocument(state: LedgerState, { number, tag, version, build, commit, at, override, end }: RecordedPromotion): Record<string, unknown> {
  const approvers = override === null ? [] : (state.grants.get(override)?.approvers ?? []).map(({ login }) => login);
  return { number, tag, version, build, commit, intendedAt: new Date(at).toISOString(), override, approvers, outcome: end?.outcome ?? null, endedAt: end?.endedAt ?? null };
}
