import { weaknesses, weaknessPage } from '@sallyport/pipeline';
import type { Diagnosis, GatekeeperApp, LockLevel, Unseen, Weakness } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import { plain } from './plain.ts';

export type ShownDiagnosis = { readonly repository: { readonly owner: string; readonly name: string }; readonly app: GatekeeperApp | null; readonly diagnosis: Diagnosis };

const levels: Readonly<Record<LockLevel, string>> = {
  advisory: 'The gates are advice: somebody who may write can get past them.',
  unknown: 'It cannot be said whether the lock holds: something that it rests on could not be seen.',
  locked: 'Nothing reaches a gated branch or a deployment past the gates, unless an administrator changes a setting or the keys are taken.',
  'double-locked': 'Locked, and GitHub asks the App before each deployment as well.',
};

/** A diagnosis for a terminal or a log: the level, what is weak and what to do, what was not seen, what each can still do. */
export function renderDiagnosis({ repository, app, diagnosis }: ShownDiagnosis, colors: Colors): string {
  const { level, weaknesses: found, unseen } = diagnosis;
  const lines = [
    `${colors.bold(`${plain(repository.owner)}/${plain(repository.name)}`)}: ${paint(level, colors)}${app === null ? '' : `, gatekeeper ${plain(app.slug ?? `App ${app.id}`)}`}`,
    `  ${levels[level]}`,
    ...bySeverity(found).flatMap((weakness) => ['', ...weaknessLines(weakness, colors)]),
    ...(unseen.length === 0 ? [] : ['', colors.magenta('not seen, so neither good nor bad'), ...unseen.map((one) => unseenLine(one))]),
    '',
    'What each can still do past the gates:',
    ...powerLines(diagnosis),
    '',
    verdict(diagnosis, colors),
  ];
  return `${lines.join('\n')}\n`;
}

function paint(level: LockLevel, colors: Colors): string {
  if (level === 'unknown') return colors.magenta(level);
  return level === 'advisory' ? colors.red(level) : colors.green(level);
}

const bySeverity = (found: readonly Weakness[]): readonly Weakness[] => found.toSorted((one, other) => Number(weaknesses[other.code].severity === 'error') - Number(weaknesses[one.code].severity === 'error'));

function weaknessLines({ code, where, message, next, file }: Weakness, colors: Colors): readonly string[] {
  const place = file === undefined ? where : `${where}:${file.line}`;
  return [`${weaknesses[code].severity === 'error' ? colors.red('✗') : colors.yellow('!')} ${colors.bold(code)}  ${plain(place)}`, `  ${plain(message)}`, `  → ${plain(next)}`, `  ${colors.dim(weaknessPage(code))}`];
}

const unseenLine = ({ what, why, lock }: Unseen): string => `  ${plain(what)}: ${plain(why)}.${lock ? ' The lock rests on it.' : ''}`;

function powerLines({ power }: Diagnosis): readonly string[] {
  const who: readonly (readonly [string, readonly string[]])[] = [['a stranger', power.outsider], ['a writer', power.writer], ['an administrator', power.admin], ['a key-holder', power.keyHolder]];
  return who.flatMap(([name, sentences]) => (sentences.length === 0 ? [`  ${name.padEnd(17)} nothing that is known`] : sentences.map((sentence, index) => `  ${(index === 0 ? name : '').padEnd(17)} ${sentence}`)));
}

function verdict({ weaknesses: found, unseen }: Diagnosis, colors: Colors): string {
  const errors = found.filter(({ code }) => weaknesses[code].severity === 'error').length;
  if (found.length > 0) return `${errors > 0 ? colors.red('✗') : colors.yellow('!')} ${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}. \`sallyport setup plan\` shows what it can mend.`;
  return unseen.length > 0 ? `${colors.magenta('? Nothing was found, but not everything could be seen.')} Run it with an administrator’s token.` : `${colors.green('✓')} Nothing found.`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The same for programs. */
export function diagnosisDocument({ repository, app, diagnosis }: ShownDiagnosis): Record<string, unknown> {
  return {
    schema: 1,
    repository: `${repository.owner}/${repository.name}`,
    app: app === null ? null : { id: app.id, slug: app.slug },
    level: diagnosis.level,
    weaknesses: diagnosis.weaknesses.map((one) => ({ ...one, severity: weaknesses[one.code].severity, helps: weaknesses[one.code].helps, page: weaknessPage(one.code) })),
    unseen: diagnosis.unseen,
    power: diagnosis.power,
  };
}
