import type { CalendarPolicy } from '@sallyport/policy';
import { describe, expect, test } from 'vitest';
import { completeList, partialList } from '../facts/fact.ts';
import type { CalendarFact } from '../facts/calendar-facts.ts';
import { ask, grantOf, instantOf, policyOf, releaseFactsOf, ruleOf, saidOf, saturdayAt, securityFix, stageFactsOf, windowOpensAt } from '../testing/index.ts';
import { calendarSource } from './calendar-source.ts';

const day = 86_400_000;
const sha256 = 'ab'.repeat(32);
const terms = { zone: 'America/Los_Angeles', owner: '@dia', reason: 'the company says so' };
const feed = { kind: 'feed', longestAgeSeconds: 30 * 86_400, withoutEvents: 'closed' } as const;
const company: CalendarPolicy = { name: 'company', ...terms, source: { ...feed, at: { in: 'repository', path: '.github/freezes.ics' } } };
const provider: CalendarPolicy = { name: 'provider', ...terms, source: { ...feed, at: { in: 'web', url: 'https://status.example.com/freezes.ics', sha256 } } };
const holidays: CalendarPolicy = { name: 'public holidays', ...terms, source: { kind: 'holidays', place: 'US-CA', types: ['public'], except: [] } };

type Read = Extract<CalendarFact['reading'], { readonly state: 'read' }>;
const readingOf = (changes: Partial<Read> = {}): Read => ({ state: 'read', data: `sha256:${sha256}`, writtenAt: saturdayAt - 2 * day, from: saturdayAt - day, to: saturdayAt + 400 * day, freezes: [], ...changes });
const factOf = (calendar: CalendarPolicy, reading: CalendarFact['reading'] = readingOf()): CalendarFact => ({ name: calendar.name, source: calendarSource(calendar), reading });
const freeze = (name: string, from: string, to: string) => ({ name, from: instantOf(from), to: instantOf(to) });

const decide = (calendars: readonly CalendarPolicy[], facts: readonly CalendarFact[], changes: Parameters<typeof releaseFactsOf>[0] = {}, overrides = [securityFix]) =>
  ask(releaseFactsOf({ calendars: completeList(facts), ...changes }), { at: saturdayAt, policy: policyOf({ calendars, overrides }) });
const freezeOf = (...asked: Parameters<typeof decide>) => ruleOf(decide(...asked), 'freeze');

describe('a calendar that the policy names', () => {
  test('allows when it was read and has no freeze now', () => {
    expect(decide([company, provider, holidays], [factOf(company), factOf(provider), factOf(holidays)]).outcome).toBe('allow');
  });

  test('closes while one of its freezes is in force, and says which and whose', () => {
    const made = decide([company], [factOf(company, readingOf({ freezes: [freeze('Inventory', '2026-11-28T14:30:00Z', '2026-11-28T18:00:00Z')] }))]);
    expect(ruleOf(made, 'freeze')).toMatchObject({ outcome: 'wait', reason: 'freeze', summary: 'Freeze Inventory is in force until Sat 28 Nov 2026 10:00 PST (18:00 UTC): the company says so.' });
    expect(made.next).toContainEqual(expect.objectContaining({ who: '@dia', what: 'end freeze Inventory in calendar company, or wait until Sat 28 Nov 2026 10:00 PST (18:00 UTC)' }));
    expect(made.recheckAt).toBe(instantOf('2026-11-28T18:00:00Z'));
  });

  test.each([
    [20, 20, undefined],
    [21, 21, '1 more freeze is in force.'],
    [900, 21, '880 more freezes are in force.'],
  ])('with %i freezes at once makes a rule of %i sentences', (count, sentences, last) => {
    const freezes = Array.from({ length: count }, (_, index) => freeze(`F${index}`, '2026-11-28T14:30:00Z', '2026-11-28T18:00:00Z'));
    const { outcome, summary } = freezeOf([company], [factOf(company, readingOf({ freezes }))]);
    expect([outcome, summary.match(/ in force/g)?.length, /\d+ more .*$/.exec(summary)?.[0]]).toEqual(['wait', sentences, last]);
  });

  test('closes the staging gate as well', () => {
    const facts = stageFactsOf({ calendars: completeList([factOf(company, { state: 'unreadable', problem: 'no such file.' })]) });
    expect(ruleOf(ask(facts, { at: saturdayAt, policy: policyOf({ calendars: [company] }) }), 'freeze')).toMatchObject({ outcome: 'wait', reason: 'calendar-unreadable' });
  });

  test.each([
    ['is half-open at its beginning', '2026-11-28T15:00:00.000Z', '2026-11-28T16:00:00Z', 'wait'],
    ['has not begun a millisecond before', '2026-11-28T15:00:00.001Z', '2026-11-28T16:00:00Z', 'allow'],
    ['is over at its end', '2026-11-28T14:00:00Z', '2026-11-28T15:00:00.000Z', 'allow'],
    ['holds in its last millisecond', '2026-11-28T14:00:00Z', '2026-11-28T15:00:00.001Z', 'wait'],
  ])('%s', (_name, from, to, outcome) => {
    expect(freezeOf([company], [factOf(company, readingOf({ freezes: [freeze('f', from, to)] }))]).outcome).toBe(outcome);
  });

  test('ends the time that a deploy has to fit into, and moves the next opening', () => {
    const frozen = readingOf({ freezes: [freeze('f', '2026-11-28T15:10:00Z', '2026-12-06T00:00:00Z')] });
    const fit = ruleOf(decide([company], [factOf(company, frozen)]), 'fit');
    expect(fit).toMatchObject({ outcome: 'wait', reason: 'does-not-fit', summary: expect.stringContaining('the window closes Sat 28 Nov 2026 07:10 PST') as string });
    const closed = ask(releaseFactsOf({ calendars: completeList([factOf(company, frozen)]) }), { at: windowOpensAt - 1, policy: policyOf({ calendars: [company] }) });
    expect(closed.recheckAt).toBe(windowOpensAt);
    const later = readingOf({ freezes: [freeze('f', '2026-11-28T00:00:00Z', '2026-12-06T00:00:00Z')] });
    expect(ruleOf(ask(releaseFactsOf({ calendars: completeList([factOf(company, later)]) }), { at: windowOpensAt - 1, policy: policyOf({ calendars: [company] }) }), 'window').evidence).toEqual(['opens Sat 12 Dec 2026 06:00 PST (14:00 UTC)']);
  });

  test('means nothing to a policy that does not name it', () => {
    expect(decide([], [factOf(company, { state: 'unreadable', problem: 'x.' })]).outcome).toBe('allow');
  });
});

describe('a calendar that cannot be believed (W09)', () => {
  test.each<[string, CalendarPolicy, CalendarFact | null, string, string]>([
    ['closes when it cannot be read', company, factOf(company, { state: 'unreadable', problem: 'line 4: the file ends within a component.' }), 'wait', 'calendar-unreadable'],
    ['closes when its bytes are not those agreed on', provider, factOf(provider, readingOf({ data: `sha256:${'cd'.repeat(32)}` })), 'wait', 'calendar-changed'],
    ['closes when it was written too long ago', company, factOf(company, readingOf({ writtenAt: saturdayAt - 30 * day - 1 })), 'wait', 'calendar-stale'],
    ['believes one exactly as old as allowed', company, factOf(company, readingOf({ writtenAt: saturdayAt - 30 * day })), 'allow', 'ok'],
    ['closes when it does not say when it was written', company, factOf(company, readingOf({ writtenAt: null })), 'wait', 'calendar-stale'],
    ['closes when it comes from the future', company, factOf(company, readingOf({ writtenAt: saturdayAt + 61_000 })), 'wait', 'calendar-stale'],
    ['asks no age of holidays', holidays, factOf(holidays, readingOf({ data: 'date-holidays 3.37.0', writtenAt: null })), 'allow', 'ok'],
    ['does not know what nobody read', company, null, 'unknown', 'fact-missing'],
    ['takes no other file for it', company, { ...factOf(company), source: calendarSource({ ...company, source: { ...feed, at: { in: 'repository', path: 'other.ics' } } }) }, 'unknown', 'fact-missing'],
    ['takes no other zone for it', company, { ...factOf(company), source: calendarSource({ ...company, zone: 'UTC' }) }, 'unknown', 'fact-missing'],
    ['takes no other holidays for it', holidays, { ...factOf(holidays), source: calendarSource({ ...holidays, source: { kind: 'holidays', place: 'US-CA', types: ['public'], except: ['2026-11-28'] } }) }, 'unknown', 'fact-missing'],
    ['does not know a time before what was read', company, factOf(company, readingOf({ from: saturdayAt + 1 })), 'unknown', 'fact-missing'],
    ['does not know a time after what was read', company, factOf(company, readingOf({ to: saturdayAt })), 'unknown', 'fact-missing'],
  ])('%s', (_name, calendar, fact, outcome, reason) => {
    const rule = freezeOf([calendar], fact === null ? [] : [fact]);
    expect(rule).toMatchObject({ outcome, reason });
    expect(saidOf(decide([calendar], fact === null ? [] : [fact]), 'freeze')).toMatchSnapshot();
  });

  test('does not choose between two readings of one calendar', () => {
    expect(freezeOf([company], [factOf(company, { state: 'unreadable', problem: 'x.' }), factOf(company)])).toMatchObject({ outcome: 'unknown', reason: 'fact-missing' });
  });

  test('does not know a list of calendars that is cut short, or missing', () => {
    const of = (calendars: Parameters<typeof releaseFactsOf>[0]) => ruleOf(ask(releaseFactsOf(calendars), { at: saturdayAt, policy: policyOf({ calendars: [company] }) }), 'freeze');
    expect(of({ calendars: partialList([factOf(company)], '500') })).toMatchObject({ outcome: 'unknown', reason: 'list-incomplete' });
    expect(of({})).toMatchObject({ outcome: 'unknown', reason: 'fact-missing' });
  });

  test('says every calendar that is wrong, and keeps the freezes of one that is stale', () => {
    const stale = readingOf({ writtenAt: saturdayAt - 60 * day, freezes: [freeze('Inventory', '2026-11-28T14:30:00Z', '2026-11-28T18:00:00Z')] });
    const { summary } = freezeOf([company, provider], [factOf(company, stale), factOf(provider, { state: 'unreadable', problem: 'x.' })]);
    expect(summary).toMatch(/Freeze Inventory .*Calendar company .*Calendar provider /s);
  });

  test('is waived by an override that waives freezes, and by no other', () => {
    const broken = [factOf(company, { state: 'unreadable', problem: 'x.' })];
    const of = (waives: readonly ('window' | 'soak' | 'freeze')[]) => {
      const rule = { ...securityFix, waives, approvers: { ...securityFix.approvers, approvals: 2 } };
      const { approvers } = grantOf();
      const grant = grantOf({ waives, approvers: [...approvers, { id: 205, login: 'eva', kind: 'user' }] }, saturdayAt);
      return decide([company], broken, { grants: completeList([grant]) }, [rule]);
    };
    expect([of(['window', 'soak', 'freeze']).outcome, of(['window', 'soak']).outcome]).toEqual(['allow', 'wait']);
  });

  test('is not waived where it is not known at all', () => {
    const rule = { ...securityFix, waives: ['window', 'soak', 'freeze'] as const, approvers: { ...securityFix.approvers, approvals: 2 } };
    const grant = grantOf({ waives: ['window', 'soak', 'freeze'], approvers: [...grantOf().approvers, { id: 205, login: 'eva', kind: 'user' }] }, saturdayAt);
    expect(decide([company], [], { grants: completeList([grant]) }, [rule]).outcome).toBe('unknown');
  });
});
