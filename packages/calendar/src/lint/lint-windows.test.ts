import type { FreezePolicy, WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { lintCodes } from './lint-finding.ts';
import { extraOf, freezeOf, hoursOf, losAngeles, scopeOf, windowOf } from './lint-scope.fixture.ts';
import type { LintScope } from './lint-scope.ts';
import { lintWindows } from './lint-windows.ts';

const day = 86_400_000;
const zone = losAngeles;
const findings = (window: WindowPolicy | null, changes: Partial<LintScope> = {}) => lintWindows(scopeOf(window, changes)).map(({ severity, code, path, instants }) => ({ severity, code, path: path.join('.'), instants: instants.map((at) => new Date(at).toISOString().slice(0, 16)) }));
const warning = (code: string, path: string, ...instants: readonly string[]) => ({ severity: 'warning', code, path, instants });

const yearly = (from: string, to: string): FreezePolicy => ({ name: 'new-year', zone, every: 'year', from, to, owner: '@rita', reason: 'quiet' });

describe('what is found', () => {
  it.each<[string, WindowPolicy, Partial<LintScope>, readonly unknown[]]>([
    ['nothing in UTC', windowOf({ zone: 'UTC', from: '02:30', to: '03:30' }), {}, []],
    ['nothing where the clock does not change', windowOf(), {}, []],
    ['nothing where rules touch', windowOf({ also: [hoursOf({ days: ['sunday'], from: '12:00', to: '13:00' })] }), {}, []],
    ['a night that loses an hour, and one that gains one', windowOf({ from: '01:30', to: '03:30' }), {}, [warning('shortened', 'windows.nights', '2027-03-14T09:30', '2028-03-12T09:30'), warning('lengthened', 'windows.nights', '2027-11-07T08:30', '2028-11-05T08:30')]],
    ['a night that opens in the gap', windowOf({ from: '02:30', to: '06:00' }), {}, [warning('moved', 'windows.nights', '2027-03-14T10:30', '2028-03-12T10:30'), warning('shortened', 'windows.nights', '2027-03-14T10:30', '2028-03-12T10:30')]],
    ['a night that is all gap', windowOf({ from: '02:00', to: '03:00' }), {}, [warning('emptied', 'windows.nights', '2027-03-14T10:00', '2028-03-12T10:00')]],
    ['an extra window on a date that was skipped', windowOf({ zone: 'Pacific/Apia', extra: [extraOf('2011-12-30T08:00', '2011-12-30T10:00')] }), { from: Date.parse('2011-12-20T00:00:00Z'), to: Date.parse('2012-01-10T00:00:00Z') }, [warning('skipped-date', 'windows.nights.extra.0', '2011-12-30T18:00'), warning('never-opens', 'windows.nights.extra.0')]],
    ['hours that are open already', windowOf({ also: [hoursOf({ days: ['second sunday'], from: '07:00', to: '08:00' })] }), {}, [warning('adds-nothing', 'windows.nights.also.0', '2026-12-13T15:00', '2027-01-10T15:00', '2027-02-14T15:00')]],
    ['the later of two that are alike', windowOf({ also: [hoursOf(), hoursOf()] }), {}, [warning('adds-nothing', 'windows.nights.also.1', '2026-12-08T14:00', '2026-12-15T14:00', '2026-12-22T14:00')]],
    ['hours that several others cover together', windowOf({ also: [hoursOf({ days: ['sunday'], from: '12:00', to: '15:00' }), hoursOf({ days: ['sunday'], from: '11:00', to: '14:00', until: '2026-12-06' })] }), {}, [warning('adds-nothing', 'windows.nights.also.1', '2026-12-06T19:00', '2026-12-06T20:00')]],
    ['own hours that others cover', windowOf({ also: [hoursOf({ days: ['sunday'], from: '05:00', to: '13:00' })] }), {}, [warning('adds-nothing', 'windows.nights', '2026-12-06T14:00', '2026-12-13T14:00', '2026-12-20T14:00')]],
    ['an extra window that reaches into another', windowOf({ extra: [extraOf('2026-12-06T11:00', '2026-12-06T14:00')] }), {}, [warning('overlaps', 'windows.nights.extra.0', '2026-12-06T19:00')]],
    ['hours that are over', windowOf({ also: [hoursOf({ until: '2026-11-30' })] }), {}, [warning('never-opens', 'windows.nights.also.0')]],
    ['hours that come later than is looked', windowOf({ also: [hoursOf({ since: '2030-01-01' })] }), {}, [warning('never-opens', 'windows.nights.also.0')]],
    ['an extra window that is over', windowOf({ extra: [extraOf('2026-11-30T06:00', '2026-11-30T08:00')] }), {}, [warning('never-opens', 'windows.nights.extra.0')]],
    ['hours of which every date is excepted', windowOf({ also: [hoursOf({ since: '2026-12-08', until: '2026-12-15', except: ['2026-12-08', '2026-12-15'] })] }), {}, [warning('never-opens', 'windows.nights.also.0')]],
    ['an extra window that a freeze closes', windowOf({ extra: [extraOf('2026-12-22T06:00', '2026-12-22T08:00')] }), { freezes: [freezeOf()] }, [warning('always-frozen', 'windows.nights.extra.0', '2026-12-22T14:00')]],
    ['an exception of yesterday, and none of today', windowOf({ except: ['2026-11-29'], also: [hoursOf({ days: ['tuesday', 'wednesday'], except: ['2026-12-01', '2026-12-02'] })] }), {}, [warning('past-exception', 'windows.nights.except.0', '2026-11-29T08:00'), warning('past-exception', 'windows.nights.also.0.except.0', '2026-12-01T08:00')]],
    ['a freeze that is over', windowOf(), { freezes: [freezeOf({ from: '2026-11-01T00:00', to: '2026-12-02T10:00' })] }, [warning('freeze-over', 'freezes.0', '2026-12-02T18:00')]],
    ['a freeze without a window', windowOf(), { freezes: [freezeOf({ from: '2026-12-07T00:00', to: '2026-12-11T00:00' })] }, [warning('freeze-without-window', 'freezes.0', '2026-12-07T08:00')]],
    ['that such a freeze stops what is open at any time', windowOf(), { openAnytime: ['staging'], freezes: [freezeOf({ from: '2026-12-07T00:00', to: '2026-12-11T00:00' })] }, [{ ...warning('freeze-without-window', 'freezes.0', '2026-12-07T08:00'), severity: 'note' }]],
    ['a freeze of every year without a window', windowOf({ days: ['second sunday'] }), { freezes: [yearly('12-31T00:00', '01-02T00:00')] }, [warning('freeze-without-window', 'freezes.0', '2026-12-31T08:00', '2027-12-31T08:00')]],
    ['nothing in a freeze after the span that meets a window there', windowOf(), { freezes: [freezeOf({ from: '2031-01-01T00:00', to: '2031-01-31T00:00' })] }, []],
    ['a gap by a freeze', windowOf(), { freezes: [freezeOf({ to: '2027-01-25T00:00' })] }, [warning('long-gap', 'windows.nights', '2026-12-13T20:00')]],
    ['nothing when the gap is as long as it may be', windowOf({ zone: 'UTC' }), { maxGapMilliseconds: 7 * day - 6 * 3_600_000 }, []],
    ['a gap that is a moment longer', windowOf({ zone: 'UTC' }), { to: Date.parse('2026-12-20T00:00:00Z'), maxGapMilliseconds: 7 * day - 6 * 3_600_000 - 1 }, [warning('long-gap', 'windows.nights', '2026-12-06T12:00')]],
    ['a window that ends', windowOf({ until: '2026-12-13' }), {}, [warning('long-gap', 'windows.nights', '2026-12-13T20:00')]],
    ['a window that nobody uses', windowOf(), { unusedWindows: ['days'] }, [warning('unused-window', 'windows.days')]],
    ['a zone that older data has otherwise', windowOf({ zone: 'America/Asuncion' }), {}, [{ ...warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00'), severity: 'note' }]],
    ['a zone that this machine has otherwise', windowOf({ zone: 'America/Asuncion' }), { tzdata: '2024b' }, [warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00')]],
    ['a zone on a machine that does not say what it has', windowOf({ zone: 'America/Asuncion' }), { tzdata: 'unknown' }, [warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00')]],
    ['nothing where the clock changes before the span begins', windowOf({ from: '01:30', to: '03:30' }), { from: Date.parse('2027-03-14T23:00:00Z'), to: Date.parse('2027-04-10T00:00:00Z') }, []],
    ['nothing of a night that begins as the span ends', windowOf({ from: '01:30', to: '03:30' }), { from: Date.parse('2027-02-20T00:00:00Z'), to: Date.parse('2027-03-14T09:30:00Z') }, []],
    ['a night that begins a moment before the span ends', windowOf({ from: '01:30', to: '03:30' }), { from: Date.parse('2027-02-20T00:00:00Z'), to: Date.parse('2027-03-14T09:30:00.001Z') }, [warning('shortened', 'windows.nights', '2027-03-14T09:30')]],
    ['a night that is all gap at the moment when the span begins', windowOf({ from: '02:00', to: '03:00' }), { from: Date.parse('2027-03-14T10:00:00Z'), to: Date.parse('2027-04-10T00:00:00Z') }, [warning('emptied', 'windows.nights', '2027-03-14T10:00')]],
    ['an extra window from a skipped date into the next', windowOf({ zone: 'Pacific/Apia', extra: [extraOf('2011-12-30T22:00', '2011-12-31T02:00')] }), { from: Date.parse('2011-12-20T00:00:00Z'), to: Date.parse('2012-01-10T00:00:00Z') }, [warning('skipped-date', 'windows.nights.extra.0', '2011-12-31T08:00'), warning('never-opens', 'windows.nights.extra.0')]],
    ['each but the first of three that are alike', windowOf({ also: [hoursOf(), hoursOf(), hoursOf()] }), {}, [warning('adds-nothing', 'windows.nights.also.1', '2026-12-08T14:00', '2026-12-15T14:00', '2026-12-22T14:00'), warning('adds-nothing', 'windows.nights.also.2', '2026-12-08T14:00', '2026-12-15T14:00', '2026-12-22T14:00')]],
    ['hours that two freezes close, one after the other, beyond the end of the span', windowOf({ days: ['tuesday'] }), { to: Date.parse('2026-12-08T18:00:00Z'), freezes: [freezeOf({ from: '2026-12-01T00:00', to: '2026-12-08T10:00' }), freezeOf({ from: '2026-12-08T10:00', to: '2026-12-09T00:00' })] }, [warning('always-frozen', 'windows.nights', '2026-12-08T14:00')]],
    ['nothing in a freeze of every year that does not come within the span', windowOf(), { to: Date.parse('2026-12-20T00:00:00Z'), freezes: [yearly('06-01T00:00', '06-05T00:00')] }, []],
    ['nothing in a freeze of every year that meets a window in one of them', windowOf(), { freezes: [yearly('12-31T00:00', '01-03T00:00')] }, []],
    ['a freeze that the clock leaves no time', windowOf(), { freezes: [freezeOf({ from: '2027-03-14T02:00', to: '2027-03-14T03:00' })] }, [warning('freeze-without-window', 'freezes.0')]],
    ['nothing in a freeze without an end that closes a window', windowOf(), { maxGapMilliseconds: 1000 * day, freezes: [freezeOf({ from: '2026-12-10T00:00', to: null })] }, []],
    ['nothing in a freeze without an end that begins after the span', windowOf(), { freezes: [freezeOf({ from: '2031-01-01T00:00', to: null })] }, []],
    ['a freeze without an end after the last window', windowOf({ until: '2026-12-06' }), { maxGapMilliseconds: 1000 * day, freezes: [freezeOf({ to: null })] }, [warning('freeze-without-window', 'freezes.0', '2026-12-19T08:00')]],
    ['a zone that two places name, at the first of them', windowOf({ zone: 'America/Asuncion' }), { freezes: [freezeOf({ zone: 'America/Asuncion' })] }, [{ ...warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00'), severity: 'note' }]],
    ['a zone that was changed several times', windowOf({ zone: 'Asia/Gaza' }), { tzdata: '2022b' }, [warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00', '2026-12-02T18:00', '2026-12-02T18:00')]],
    ['a zone on a machine whose data has a version with something before it', windowOf({ zone: 'America/Asuncion' }), { tzdata: 'v2026f' }, [warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00')]],
    ['a zone on a machine whose data has a version with something after it', windowOf({ zone: 'America/Asuncion' }), { tzdata: '2026f-1' }, [warning('zone-rules-changed', 'windows.nights.zone', '2026-12-02T18:00')]],
  ])('%s', (_name, window, changes, expected) => {
    expect(findings(window, changes)).toEqual(expected.map((one) => expect.objectContaining(one as Record<string, unknown>) as unknown));
  });

  it('is a sentence that names the place, the reason and what to do', () => {
    const window = windowOf({ from: '01:30', to: '03:30', until: '2027-12-12', except: ['2026-11-29'], extra: [extraOf('2026-12-06T02:00', '2026-12-06T03:00')] });
    expect(lintWindows(scopeOf(window, { tzdata: '2024a', freezes: [freezeOf({ zone: 'Asia/Almaty', to: '2027-02-01T00:00' })] })).map(({ message }) => message)).toMatchSnapshot();
  });

  it('is nothing of a freeze in a policy without windows that has something to stop', () => {
    expect(findings(null, { openAnytime: ['staging'], freezes: [freezeOf()] })).toMatchObject([{ severity: 'note', code: 'freeze-without-window' }]);
  });

  it('has a code of its own for each kind', () => expect(new Set(lintCodes).size).toBe(lintCodes.length));
});
