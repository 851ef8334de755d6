import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-typescript.mjs';

/**
 * Verdicts on changes that no test notices, by reason: `{ verdict, why, changes: [[file, was, becomes?]] }`. `was` is the text that was
 * changed, its white space as one blank; without `becomes` every change of it is meant.
 */
export const verdicts = JSON.parse(readFileSync(join(root, 'test/mutation/survivors.json'), 'utf8'));

/** Survivors of a report, each with its place and the reason that holds for it or null, and verdicts on files of the report that met no survivor. */
export function judgeSurvivors({ files }) {
  const used = new Set();
  const survivors = Object.entries(files).flatMap(([file, { source, mutants }]) => mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').map((mutant) => judge(file, source, mutant, used)));
  const idle = verdicts.flatMap(({ changes }) => changes).filter((change) => Object.hasOwn(files, change[0]) && !used.has(change));
  return { survivors, idle };
}

function judge(file, source, { location: { start, end }, replacement }, used) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const survivor = { file, line: start.line, was: plain(lines.join('\n')), becomes: plain(replacement) };
  const reason = verdicts.find(({ changes }) => {
    const change = changes.find(([where, was, becomes]) => where === file && was === survivor.was && (becomes === undefined || becomes === survivor.becomes));
    if (change !== undefined) used.add(change);
    return change !== undefined;
  });
  return { ...survivor, reason: reason ?? null };
}

/** By reason first those that were judged, then those that were not, then verdicts that are no longer needed. */
export function renderSurvivors({ survivors, idle }) {
  const line = ({ file, line: number, was, becomes }) => `  ${file}:${number}  ${short(was)}  ->  ${short(becomes)}`;
  const judged = [...new Set(survivors.flatMap(({ reason }) => reason ?? []))].flatMap((reason) => [`${reason.verdict}: ${reason.why}`, ...survivors.filter((one) => one.reason === reason).map(line)]);
  const open = survivors.filter(({ reason }) => reason === null).map(line);
  return [
    ...judged,
    open.length === 0 ? 'Every survivor has a verdict.' : `Without a verdict in test/mutation/survivors.json: ${open.length}`,
    ...open,
    ...(idle.length === 0 ? [] : ['Verdicts that met no survivor, to be removed:', ...idle.map((change) => `  ${change.map(short).join('  ')}`)]),
  ].join('\n');
}

const plain = (text) => text.replace(/\s+/g, ' ').trim();
const short = (text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
