import type { DayRule, ExtraWindowPolicy, FreezePolicy, OpeningHours, Ordinal, Weekday, WindowPolicy } from '@sallyport/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markMinutes, walkMinutes } from './minute-walk.fixture.ts';
import type { MinuteWalk } from './minute-walk.fixture.ts';
import { prepareCalendar } from './prepare-calendar.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Spans in which a clock changes, one in which a date is missing, and one across the end of a page and of a year. */
const walks: readonly MinuteWalk[] = [
  walkMinutes('America/Los_Angeles', '2026-02-24', 26),
  walkMinutes('America/Los_Angeles', '2026-10-18', 26),
  walkMinutes('Australia/Lord_Howe', '2026-03-24', 26),
  walkMinutes('America/Santiago', '2026-08-26', 26),
  walkMinutes('Pacific/Apia', '2011-12-18', 26),
  walkMinutes('Asia/Kathmandu', '2026-12-18', 26),
];

const weekdays: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const ordinals: readonly Ordinal[] = ['first', 'second', 'third', 'fourth', 'fifth', 'last'];

const twoDigits = (value: number): string => String(value).padStart(2, '0');
/** Mostly where clocks change. */
const anyTime = fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3, 23), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 15, 30, 59)).map(([hour, past]) => `${twoDigits(hour)}:${twoDigits(past)}`);
const anyDay: fc.Arbitrary<DayRule> = fc.oneof(fc.constantFrom(...weekdays), fc.tuple(fc.constantFrom(...ordinals), fc.constantFrom(...weekdays)).map(([ordinal, weekday]): DayRule => `${ordinal} ${weekday}`));
const dateIn = ({ first }: MinuteWalk): fc.Arbitrary<string> => fc.integer({ min: 5, max: 20 }).map((days) => new Date(first + days * day).toISOString().slice(0, 10));

const hoursIn = (walk: MinuteWalk): fc.Arbitrary<OpeningHours> =>
  fc
    .record({ days: fc.uniqueArray(anyDay, { minLength: 1, maxLength: 4 }), from: anyTime, to: anyTime, except: fc.array(dateIn(walk), { maxLength: 2 }), since: fc.option(dateIn(walk), { nil: null, freq: 2 }), until: fc.option(dateIn(walk), { nil: null, freq: 2 }) })
    .map(({ since, until, ...hours }) => ({ ...hours, ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) }));

const spanIn = (walk: MinuteWalk): fc.Arbitrary<{ readonly from: string; readonly to: string }> =>
  fc.tuple(dateIn(walk), anyTime, dateIn(walk), anyTime).map(([date, time, other, otherTime]) => ({ from: `${date}T${time}`, to: `${other}T${otherTime}` }));

const extraIn = (walk: MinuteWalk): fc.Arbitrary<ExtraWindowPolicy> => spanIn(walk).map((span) => ({ ...span, owner: '@ana', reason: 'launch' }));

const freezeIn = (walk: MinuteWalk, name: string): fc.Arbitrary<FreezePolicy> =>
  fc.tuple(spanIn(walk), fc.constantFrom('once', 'yearly', 'open-ended')).map(([{ from, to }, kind]): FreezePolicy => {
    const terms = { name, zone: walk.zone, owner: '@ana', reason: 'peak season' };
    switch (kind) {
      case 'yearly':
        return { ...terms, every: 'year', from: from.slice(5), to: from.slice(5) === to.slice(5) ? '06-01T00:00' : to.slice(5) };
      case 'open-ended':
        return { ...terms, from, to: null };
      default:
        return { ...terms, from, to };
    }
  });

const anyCase = fc.constantFrom(...walks).chain((walk) =>
  fc
    .record({
      own: hoursIn(walk),
      also: fc.array(hoursIn(walk), { maxLength: 3 }),
      extra: fc.array(extraIn(walk), { maxLength: 2 }),
      freezes: fc.tuple(fc.option(freezeIn(walk, 'one'), { nil: null, freq: 2 }), fc.option(freezeIn(walk, 'other'), { nil: null, freq: 1 })),
    })
    .map(({ own, also, extra, freezes }) => ({
      walk,
      window: { name: 'any', zone: walk.zone, ...own, ...(also.length === 0 ? {} : { also }), extra } satisfies WindowPolicy,
      freezes: freezes.filter((freeze) => freeze !== null),
    })),
);

/** The part of a walk on which dates before and after it have no bearing. */
const [firstMinute, lastMinute] = [4 * 1440, 21 * 1440];
const told = (at: number | null | undefined): string | null => (at == null ? null : new Date(at).toISOString());

describe('against a walk through every minute', () => {
  it('every minute is open or closed for the same reason, and has the same bounds and the same next opening', () => {
    fc.assert(
      fc.property(anyCase, ({ walk, window, freezes }) => {
        const marks = markMinutes(walk, window, freezes);
        const isOpen = marks.map((mark) => mark.isOpen && mark.freeze === null);
        const calendar = prepareCalendar({ window, freezes });
        const atMinute = (index: number): number => walk.first + index * minute;
        /** From the end: the next minute that opens, and the next that closes. null: not seen yet. */
        let [opening, closing]: (number | null)[] = [null, null];
        const differing: unknown[] = [];
        for (let index = lastMinute; index >= firstMinute; index -= 1) {
          const answer = calendar.ask(atMinute(index));
          const [now, before] = [isOpen[index] === true, isOpen[index - 1] === true];
          const freeze = answer.state === 'closed' && answer.why.because === 'freeze' ? answer.why.freeze.name : null;
          const agrees =
            (answer.state === 'open') === now &&
            freeze === (marks[index]?.freeze ?? null) &&
            (opening === null || answer.nextOpening?.from === opening) &&
            (closing === null || answer.nextClosing === closing) &&
            (!now || before || index === firstMinute || answer.since === atMinute(index));
          if (!agrees) differing.push({ ...answer, at: told(answer.at), now, freeze, opening: told(opening), closing: told(closing) });
          if (now && !before) opening = atMinute(index);
          if (!now && before) closing = atMinute(index);
        }
        expect(differing).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('a stretch begins where something else holds, and together they leave out nothing', () => {
    fc.assert(
      fc.property(anyCase, ({ walk, window, freezes }) => {
        const marks = markMinutes(walk, window, freezes);
        const [from, to] = [walk.first + firstMinute * minute, walk.first + lastMinute * minute];
        const stretches = prepareCalendar({ window, freezes }).stretches(from, to);
        expect([stretches[0]?.from, stretches.at(-1)?.to]).toEqual([from, to]);
        for (const [index, stretch] of stretches.entries()) {
          expect(stretch.to).toBe(stretches[index + 1]?.from ?? to);
          const holding = marks.slice((stretch.from - walk.first) / minute, (stretch.to - walk.first) / minute);
          const said = stretch.kind === 'freeze' ? stretch.freeze.name : stretch.kind;
          expect(new Set(holding.map(({ isOpen, freeze }) => freeze ?? (isOpen ? 'open' : 'no-window')))).toEqual(new Set([said]));
        }
      }),
      { numRuns: 100 },
    );
  });
});
