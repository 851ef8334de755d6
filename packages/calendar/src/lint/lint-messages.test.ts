import type { WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import type { LintCode } from './lint-finding.ts';
import { extraOf, freezeOf, hoursOf, scopeOf, windowOf } from './lint-scope.fixture.ts';
import type { LintScope } from './lint-scope.ts';
import { lintWindows } from './lint-windows.ts';

const hour = 3_600_000;
const tuesdays = (changes: Parameters<typeof hoursOf>[0]): WindowPolicy => windowOf({ also: [hoursOf(changes)] });
const extra = (from: string, to: string): WindowPolicy => windowOf({ extra: [extraOf(from, to)] });
const sundays = (...also: readonly (readonly [from: string, to: string])[]): WindowPolicy => windowOf({ also: also.map(([from, to]) => hoursOf({ days: ['sunday'], from, to })) });
const messages = (window: WindowPolicy, code: LintCode, changes: Partial<LintScope> = {}): readonly string[] => lintWindows(scopeOf(window, changes)).filter((one) => one.code === code).map(({ message }) => message);

describe('why a rule never opens', () => {
  it.each<[string, WindowPolicy, string]>([
    ['an extra window of an earlier day', extra('2026-11-30T06:00', '2026-11-30T08:00'), 'it was over on 2026-11-30;'],
    ['an extra window that closes at this moment', extra('2026-12-02T06:00', '2026-12-02T10:00'), 'it was over on 2026-12-02;'],
    ['an extra window that opens as the span ends', extra('2028-11-29T10:00', '2028-11-29T12:00'), 'it comes on 2028-11-29;'],
    ['an extra window of a later year', extra('2030-01-01T06:00', '2030-01-01T08:00'), 'it comes on 2030-01-01;'],
    ['an extra window that the clock leaves out', extra('2027-03-14T02:00', '2027-03-14T03:00'), 'its time does not exist there;'],
    ['hours that have ended', tuesdays({ until: '2026-11-30' }), 'its "until" is 2026-11-30;'],
    ['hours that end today, which is none of their days', tuesdays({ until: '2026-12-02' }), 'its "until" is 2026-12-02;'],
    ['hours of a window that has ended', windowOf({ until: '2026-11-30', also: [hoursOf()] }), 'its "until" is 2026-11-30;'],
    ['hours that begin on the last day, which is none of theirs', tuesdays({ since: '2028-11-29' }), 'its "since" is 2028-11-29;'],
    ['hours that begin in a later year', tuesdays({ since: '2030-01-01' }), 'its "since" is 2030-01-01;'],
    ['hours of a window that begins in a later year', windowOf({ since: '2030-01-01', also: [hoursOf()] }), 'its "since" is 2030-01-01;'],
    ['hours that end before the first of their days', tuesdays({ since: '2026-12-02', until: '2026-12-05' }), 'none of its days comes within that time;'],
    ['hours whose only day is excepted', tuesdays({ since: '2026-12-08', until: '2026-12-08', except: ['2026-12-08'] }), '"except" have no date in common;'],
    ['hours whose only day the window excepts', windowOf({ except: ['2026-12-08'], also: [hoursOf({ since: '2026-12-08', until: '2026-12-08' })] }), '"except" have no date in common;'],
  ])('%s', (_name, window, why) => expect(messages(window, 'never-opens').at(-1)).toContain(`does not open from Wed 2 Dec 2026 to Wed 29 Nov 2028: ${why.startsWith('"') ? 'its days, what "since" and "until" leave of them, and ' : ''}${why}`));
});

describe('which rules are named', () => {
  it('are all that keep it open and are not idle themselves, in the order of the file', () => {
    const window = sundays(['05:00', '08:00'], ['06:30', '07:30']);
    expect(messages(window, 'adds-nothing')).toEqual([expect.stringMatching(/^windows\.nights\.also\[1\] adds nothing: .* is open by windows\.nights, windows\.nights\.also\[0\] already;/)]);
    expect(messages(window, 'overlaps')).toEqual([expect.stringMatching(/^windows\.nights\.also\[0\] overlaps with windows\.nights on /)]);
  });

  it('are not those that add nothing, where a later one overlaps', () => {
    expect(messages(sundays(['07:00', '08:00'], ['07:30', '13:00']), 'overlaps')).toEqual([expect.stringMatching(/^windows\.nights\.also\[1\] overlaps with windows\.nights on /)]);
  });
});

describe('what the clock does to an occurrence', () => {
  it.each<[string, LintCode, WindowPolicy, Partial<LintScope>, string]>([
    ['it opens later', 'moved', windowOf({ from: '02:30', to: '06:00' }), {}, 'windows.nights opens at 03:30 and not at 02:30 on Sun 14 Mar 2027 and 1 more time until Sun 12 Mar 2028, because the clock of America/Los_Angeles leaves that time out;'],
    ['its night is shorter', 'shortened', windowOf({ days: ['saturday'], from: '23:00', to: '03:00' }), {}, 'windows.nights lasts 3 hours and not 4 hours on Sat 13 Mar 2027 and 1 more time until Sat 11 Mar 2028, because the clock of America/Los_Angeles goes forward between 23:00 and 03:00;'],
    ['its whole day is longer', 'lengthened', windowOf({ from: '00:30', to: '00:30' }), {}, 'windows.nights lasts 25 hours and not 1 day on Sun 7 Nov 2027 and 1 more time until Sun 5 Nov 2028,'],
    ['it does not happen', 'emptied', windowOf({ from: '02:00', to: '03:00' }), {}, 'windows.nights does not happen on Sun 14 Mar 2027 and 1 more time until Sun 12 Mar 2028, because the clock of America/Los_Angeles leaves out all the time from 02:00 to 03:00;'],
    ['its date does not exist', 'skipped-date', windowOf({ zone: 'Pacific/Apia', extra: [extraOf('2011-12-30T08:00', '2011-12-30T10:00')] }), { from: Date.parse('2011-12-20T00:00:00Z'), to: Date.parse('2012-01-10T00:00:00Z') }, 'a date that Pacific/Apia does not have;'],
  ])('is told: %s', (_name, code, window, changes, text) => expect(messages(window, code, changes).join('\n')).toContain(text));
});

describe('how long it is closed', () => {
  const utc = (changes: Partial<WindowPolicy> = {}): WindowPolicy => windowOf({ zone: 'UTC', ...changes });
  const within = (to: string): Partial<LintScope> => ({ from: Date.parse('2026-12-06T06:00:00Z'), to: Date.parse(to), maxGapMilliseconds: 6 * 24 * hour });
  it.each<[string, WindowPolicy, Partial<LintScope>, string]>([
    ['once', utc(), within('2026-12-13T12:00:00Z'), 'windows.nights is closed for 162 hours, from Sun 6 Dec 2026 12:00 UTC to Sun 13 Dec 2026 06:00 UTC, which is longer than 6 days:'],
    ['and once more', utc(), within('2026-12-20T12:00:00Z'), 'to Sun 13 Dec 2026 06:00 UTC, and 1 more time, which is longer than'],
    ['and several times more', utc(), within('2026-12-27T12:00:00Z'), 'to Sun 13 Dec 2026 06:00 UTC, and 2 more times, which is longer than'],
    ['as far as was looked', utc({ until: '2026-12-06' }), within('2026-12-20T12:00:00Z'), 'windows.nights is closed from Sun 6 Dec 2026 12:00 UTC on, as far as was looked (Sun 20 Dec 2026 12:00 UTC), which is longer than'],
  ])('is told: %s', (_name, window, changes, text) => expect(messages(window, 'long-gap', changes).join('\n')).toContain(text));

  it('counts freezes in', () => expect(messages(windowOf(), 'long-gap', { freezes: [freezeOf({ to: '2027-02-01T00:00' })] })).toHaveLength(1));
});
