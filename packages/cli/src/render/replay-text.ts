import type { TreeHead } from '@sallyport/ledger';
import type { Colors } from 'picocolors/types.js';
import type { Replay, ReplayFinding } from '../offline/replay.ts';
import type { EntryRange } from '../parse-range.ts';
import { entryCount, plain, plainLines } from './plain.ts';

export type ShownReplay = {
  readonly head: TreeHead;
  readonly range: EntryRange;
  readonly replay: Replay;
  /** Version of the time zone database of this machine. */
  readonly tzdata: string;
};

/** For JSON: what was looked at, and every decision that did not come out as recorded. `to` is the last entry; null without any. */
export function replayDocument({ head, range, replay, tzdata }: ShownReplay): Record<string, unknown> {
  const { decisions, findings } = replay;
  const { origin, size, root } = head;
  return { schema: 1, origin, size, root, from: range.from, to: range.end === 0 ? null : range.end - 1, tzdata, decisions, same: decisions - findings.length, findings: findings.map(findingDocument) };
}

function findingDocument(finding: ReplayFinding): Record<string, unknown> {
  const { index, gate, subject, state } = finding;
  if (finding.state === 'cannot-be-made-again') return { index, gate, subject, state, reason: finding.reason };
  const { path, expected, actual } = finding.difference;
  return { index, gate, subject, state, path, recorded: expected, made: actual, tzdata: finding.tzdata };
}

/** For reading: each finding with what was recorded and what comes out now, and the sum. */
export function renderReplay(shown: ShownReplay, colors: Colors): string {
  const { head, range, replay } = shown;
  const span = range.end === 0 ? 'none yet' : `entries ${range.from} to ${range.end - 1} of ${entryCount(head.size)}`;
  const findings = replay.findings.flatMap((finding) => [...findingLines(finding, shown, colors), '']);
  return `${[`${plain(head.origin)}: ${span}, ${decisionCount(replay.decisions)}`, '', ...findings, ...sum(replay, colors)].join('\n')}\n`;
}

function findingLines(finding: ReplayFinding, { tzdata }: ShownReplay, colors: Colors): readonly string[] {
  const head = `${colors.red('✗')} entry ${finding.index}: ${finding.gate} gate, ${plain(finding.subject)}`;
  if (finding.state === 'cannot-be-made-again') return [head, '  cannot be made again', ...plainLines(finding.reason).split('\n').map((line) => `  ${line}`)];
  const { path, expected, actual } = finding.difference;
  const zoneData = finding.tzdata === null || finding.tzdata === tzdata ? [] : [`  It was made with zone data ${plain(finding.tzdata)}; this machine has ${plain(tzdata)}.`];
  return [head, `  differs first at ${plain(path)}`, `  recorded: ${plain(expected)}`, `  made now: ${plain(actual)}`, ...meaningOf(path), ...zoneData];
}

function meaningOf(path: string): readonly string[] {
  if (path === 'decision.inputs.facts') return ['  The facts recorded with it are not those that it was made from.'];
  if (path === 'decision.inputs.policy') return ['  The policy text recorded for it is not the policy that it was made by, as this version reads it.'];
  return [];
}

function sum({ decisions, findings }: Replay, colors: Colors): readonly string[] {
  if (decisions === 0) return ['There is no decision among them, so nothing was made again.'];
  if (findings.length === 0) return [`${colors.green('✓')} ${decisions === 1 ? 'The decision comes' : `All ${decisions} decisions come`} out as recorded, to the byte.`];
  return [
    `${colors.red('✗')} ${findings.length} of ${decisionCount(decisions)} ${findings.length === 1 ? 'does' : 'do'} not come out as recorded.`,
    '  → an auditor: make them again with the version of sallyport that recorded them. Where that does not agree either,',
    '    the record was written by something else than the gates: find out who holds the ledger’s key.',
  ];
}

const decisionCount = (count: number): string => (count === 1 ? '1 decision' : `${count} decisions`);
