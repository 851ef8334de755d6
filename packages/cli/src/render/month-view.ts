import { describeInstant } from '@sallyport/calendar';
import type { CalendarStretch, FreezeInForce, LocalDay, Opening } from '@sallyport/calendar';
import { DateTime } from 'luxon';
import type { Colors } from 'picocolors/types.js';
import { plannedBuild } from '../planned-releases.ts';
import type { PlannedRelease } from '../planned-releases.ts';
import { plain } from './plain.ts';
import { wrap } from './wrap.ts';

/** Some weeks of one window: its stretches and openings cover them. */
export type MonthView = {
  readonly zone: string;
  readonly weeks: readonly (readonly LocalDay[])[];
  readonly stretches: readonly CalendarStretch[];
  readonly openings: readonly Opening[];
  readonly planned: readonly PlannedRelease[];
  readonly at: number;
};

const labelWidth = 9;
const cellWidth = 4;
const gridWidth = labelWidth + 7 * cellWidth + 2;
/** Narrower than this, notes go below their week. */
const leastNoteWidth = 28;

/** A line for each week from Monday on, days with an opening in brackets and frozen ones marked, and beside it what begins in that week. */
export function renderMonthView(view: MonthView, { columns, colors }: { readonly columns: number; readonly colors: Colors }): readonly string[] {
  const header = `${' '.repeat(labelWidth)}${['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'].map((name) => ` ${name} `).join('')}`.trimEnd();
  const beside = columns - gridWidth >= leastNoteWidth;
  const rows = view.weeks.flatMap((week, index) => {
    const notes = notesOf(week, view).flatMap((note) => wrap(note, beside ? columns - gridWidth : columns - labelWidth).split('\n'));
    const grid = `${monthLabel(week, index).padEnd(labelWidth)}${cells(week).map((day) => cell(day, view, colors)).join('')}`;
    const [first, ...others] = beside ? notes : [];
    const below = beside ? others.map((note) => `${' '.repeat(gridWidth)}${note}`) : notes.map((note) => `${' '.repeat(labelWidth)}${note}`);
    return [first === undefined ? grid.trimEnd() : `${grid}  ${first}`, ...below];
  });
  return [header, ...rows, '', `${colors.green('[ ]')} opens   ${colors.yellow('x')} frozen   > today`];
}

/** The month of the first row, and of every week in which one begins. */
function monthLabel(week: readonly LocalDay[], index: number): string {
  const first = week.find(({ date }) => date.endsWith('-01')) ?? (index === 0 ? week[0] : undefined);
  return first === undefined ? '' : DateTime.fromISO(first.date, { zone: 'UTC', locale: 'en-US' }).toFormat('LLL yyyy');
}

/** Seven places, empty where the zone has no such date. */
const cells = (week: readonly LocalDay[]): readonly (LocalDay | null)[] => ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((weekday) => week.find((day) => day.weekday === weekday) ?? null);

function cell(day: LocalDay | null, view: MonthView, colors: Colors): string {
  if (day === null) return ' '.repeat(cellWidth);
  const number = String(Number(day.date.slice(-2))).padStart(2);
  if (opensOn(day, view)) return colors.green(`[${number}]`);
  if (freezeOn(day, view) !== null) return `${colors.yellow(`x${number}`)} `;
  return `${day.from <= view.at && view.at < day.to ? '>' : ' '}${number} `;
}

const opensOn = (day: LocalDay, { stretches }: MonthView): boolean => stretches.some(({ kind, from, to }) => kind === 'open' && from < day.to && to > day.from);

function freezeOn(day: LocalDay, { stretches }: MonthView): FreezeInForce | null {
  for (const stretch of stretches) if (stretch.kind === 'freeze' && stretch.from < day.to && stretch.to > day.from) return stretch.freeze;
  return null;
}

/** What begins in a week, in order of time; in the first one also the freeze that is on. */
function notesOf(week: readonly LocalDay[], { zone, openings, planned, stretches, weeks }: MonthView): readonly string[] {
  const [from, to] = [week[0]?.from ?? 0, week.at(-1)?.to ?? 0];
  const isIn = (at: number): boolean => at >= from && at < to;
  const freezes = stretches.flatMap((stretch) => (stretch.kind === 'freeze' && (isIn(stretch.from) || (week === weeks[0] && stretch.from < from)) ? [{ at: stretch.from, text: freezeNote(stretch.freeze, zone) }] : []));
  const opens = openings.filter((opening) => isIn(opening.from)).map((opening) => ({ at: opening.from, text: openingNote(opening, zone) }));
  const releases = planned.filter((release) => isIn(release.from)).map((release) => ({ at: release.from, text: `scheduled ${local(release.from, zone).toFormat('ccc d HH:mm')}: ${plannedBuild(release)}, by ${plain(release.by.login)}` }));
  return [...freezes, ...opens, ...releases].sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** `Sat 5 06:00 to 12:00 PST (14:00 UTC)`. */
function openingNote({ from, to }: Opening, zone: string): string {
  const start = local(from, zone);
  const end = to === null ? null : local(to, zone);
  const closes = end === null ? 'and stays open' : `to ${end.toISODate() === start.toISODate() ? '' : `${end.toFormat('ccc d')} `}${end.toFormat('HH:mm ZZZZ')}`;
  return `${start.toFormat('ccc d HH:mm')} ${closes} (${start.toUTC().toFormat(start.toUTC().toISODate() === start.toISODate() ? 'HH:mm' : 'ccc HH:mm')} UTC)`;
}

function freezeNote({ name, owner, reason, until }: FreezeInForce, zone: string): string {
  const end = until === null ? 'until somebody ends it' : `until ${describeInstant(until, zone)}`;
  return `freeze ${plain(name)} ${end}, ${plain(owner)}: ${plain(reason)}`;
}

const local = (at: number, zone: string): DateTime => DateTime.fromMillis(at, { zone, locale: 'en-US' });
