import process from 'node:process';
import { prepareCalendar } from '@sallyport/calendar';
import type { Calendar } from '@sallyport/calendar';
import type { OpeningHours, WindowPolicy } from '@sallyport/policy';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { DateTime } from 'luxon';
import rrule from 'rrule';
import { atMost, told } from './row.ts';
import type { Row } from './row.ts';

const roundMilliseconds = 40;
const rounds = 12;
const budgetMicroseconds = 2;
const budgetTimes = 15;

const hour = 3_600_000;
const week = 168 * hour;
const zone = 'America/Los_Angeles';
const saturday: WindowPolicy = { name: 'saturday-morning', zone, days: ['saturday'], from: '06:00', to: '12:00', except: [], extra: [] };

/** Two years of instants, each at another hour of the week, in no order. */
const instants = Array.from({ length: 104 }, (_, index) => Date.UTC(2026, 0, 5) + ((index * 37) % 104) * week + ((index * 59) % 168) * hour);

/** Open now, and when it opens next. */
type Answer = { readonly isOpen: boolean; readonly nextOpening: number };
type Ask = (at: number) => Answer;

/** What "open now? next opening?" costs against the libraries that people use for it: figures of DESIGN, “Cost”. */
export default async function measureCalendar(): Promise<readonly Row[]> {
  const ours = askOurs(prepareCalendar({ window: saturday, freezes: [] }));
  const others: readonly (readonly [string, Ask])[] = [['croner', askCroner()], ['cron-parser', askCronParser()], ['rrule', askRrule()], ['luxon alone', askLuxon]];
  for (const [name, ask] of others) expectTheSame(name, ask, ours);
  const own = microsecondsEach(ours);
  const rows = others.map(([name, ask]): Row => {
    const times = Math.round(microsecondsEach(ask) / own);
    return name === 'croner' ? { name: `calendar, against ${name}`, value: times, unit: 'times as fast', budget: budgetTimes, ok: times >= budgetTimes } : told(`calendar, against ${name}`, times, 'times as fast');
  });
  const grown = [1, 10, 100, 1000].map((count) => ({ count, calendar: prepareCalendar({ window: windowOf(count), freezes: [] }) }));
  const one = microsecondsEach(askOurs(grown[0]?.calendar ?? fail('one rule')));
  return [
    atMost('calendar: open now? next opening?', rounded(own), 'microseconds', budgetMicroseconds),
    ...rows,
    ...grown.map(({ count, calendar }) => atMost(`calendar of ${count === 1 ? '1 rule' : `${count.toLocaleString('en-US')} rules`}`, rounded(microsecondsEach(askOurs(calendar))), 'microseconds', budgetMicroseconds)),
    told('calendar of 1,000 rules, against one', rounded(microsecondsEach(askOurs(grown.at(-1)?.calendar ?? fail('many rules'))) / one), 'times as long'),
    told('calendar of 1,000 rules: making two years ready', rounded(millisecondsToPrepare(1000)), 'milliseconds'),
    told('calendar of one rule: the first answer', rounded(millisecondsToAnswerOnce()), 'milliseconds'),
  ];
}

const askOurs = (calendar: Calendar): Ask => (at) => {
  const { state, nextOpening } = calendar.ask(at);
  return { isOpen: state === 'open', nextOpening: nextOpening?.from ?? 0 };
};

/** Open while the next closing comes before the next opening. */
function askCroner(): Ask {
  const [opens, closes] = [new Cron('0 6 * * 6', { timezone: zone, paused: true }), new Cron('0 12 * * 6', { timezone: zone, paused: true })];
  return (at) => {
    const nextOpening = opens.nextRun(new Date(at))?.getTime() ?? fail('croner');
    return { isOpen: (closes.nextRun(new Date(at))?.getTime() ?? fail('croner')) < nextOpening, nextOpening };
  };
}

function askCronParser(): Ask {
  const [opens, closes] = ['0 6 * * 6', '0 12 * * 6'].map((text) => CronExpressionParser.parse(text, { tz: zone }));
  if (opens === undefined || closes === undefined) return fail('cron-parser');
  return (at) => {
    opens.reset(new Date(at));
    closes.reset(new Date(at));
    const nextOpening = opens.next().getTime();
    return { isOpen: closes.next().getTime() < nextOpening, nextOpening };
  };
}

/** It counts in wall time written as UTC, so the instant goes there and the answer comes back through luxon, as its README says. */
function askRrule(): Ask {
  const { RRule } = rrule;
  const [opens, closes] = [6, 12].map((byhour) => new RRule({ freq: RRule.WEEKLY, byweekday: RRule.SA, byhour, byminute: 0, bysecond: 0, dtstart: new Date('2025-12-27T00:00Z') }));
  if (opens === undefined || closes === undefined) return fail('rrule');
  return (at) => {
    const wall = DateTime.fromMillis(at, { zone }).setZone('UTC', { keepLocalTime: true }).toJSDate();
    const [opening, closing] = [opens.after(wall), closes.after(wall)];
    if (opening === null || closing === null) return fail('rrule');
    return { isOpen: closing < opening, nextOpening: DateTime.fromJSDate(opening, { zone: 'UTC' }).setZone(zone, { keepLocalTime: true }).toMillis() };
  };
}

function askLuxon(at: number): Answer {
  const now = DateTime.fromMillis(at, { zone });
  const day = now.set({ weekday: 6 }).startOf('day');
  const [opening, closing] = [day.set({ hour: 6 }).toMillis(), day.set({ hour: 12 }).toMillis()];
  const isOpen = opening <= at && at < closing;
  return { isOpen, nextOpening: at < opening ? opening : day.plus({ weeks: 1 }).set({ hour: 6 }).toMillis() };
}

function expectTheSame(name: string, ask: Ask, ours: Ask): void {
  for (const at of instants) {
    const [theirs, own] = [ask(at), ours(at)];
    if (theirs.isOpen !== own.isOpen || theirs.nextOpening !== own.nextOpening) throw new Error(`${name} and the calendar disagree at ${new Date(at).toISOString()}, so their times say nothing`);
  }
}

/** A window with so many opening hours, each a different quarter of an hour of the week and every seventh by the month. */
function windowOf(count: number): WindowPolicy {
  const [first, ...also] = Array.from({ length: count }, (_, index) => hoursOf(index));
  return { name: 'many', zone, extra: [], ...(first ?? fail('a window without a rule')), ...(also.length === 0 ? {} : { also }) };
}

function hoursOf(index: number): OpeningHours {
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
  const ordinals = ['first', 'second', 'third', 'fourth', 'last'] as const;
  const weekday = days[index % 7] ?? 'monday';
  const ordinal = ordinals[index % 5] ?? 'first';
  const quarter = (index * 5) % 96;
  const time = (quarters: number): string => `${String(Math.floor((quarters % 96) / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
  return { days: [index % 7 === 6 ? `${ordinal} ${weekday}` : weekday], from: time(quarter), to: time(quarter + 1), except: [] };
}

function millisecondsToPrepare(count: number): number {
  const started = milliseconds();
  const calendar = prepareCalendar({ window: windowOf(count), freezes: [] });
  for (const at of instants) calendar.ask(at);
  return milliseconds() - started;
}

function millisecondsToAnswerOnce(): number {
  const times = 200;
  const started = milliseconds();
  for (let time = 0; time < times; time += 1) prepareCalendar({ window: saturday, freezes: [] }).ask(instants[time % instants.length] ?? 0);
  return (milliseconds() - started) / times;
}

/** The best of some rounds, in this process's own time: other work on the machine only ever makes a round slower. */
function microsecondsEach(ask: Ask): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const started = milliseconds();
    let [asked, seen] = [0, 0];
    while (milliseconds() - started < roundMilliseconds) {
      for (const at of instants) if (ask(at).nextOpening > at) seen += 1;
      asked += instants.length;
    }
    if (seen !== asked) throw new Error('an opening was not found the second time');
    best = Math.min(best, ((milliseconds() - started) / asked) * 1000);
  }
  return best;
}

/** Of one core: what this process used, the garbage collector included. */
function milliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const rounded = (value: number): number => Number(value.toPrecision(3));

function fail(what: string): never {
  throw new Error(`${what} gave no answer`);
}
