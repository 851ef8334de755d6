import { planStart, prepareCalendar } from '@sallyport/calendar';
import type { CalendarAnswer } from '@sallyport/calendar';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { renderTimetable } from '../render/timetable-text.ts';
import { machineTzdata, tzdataDocument } from '../render/tzdata-text.ts';
import { renderWindowExplanation } from '../render/window-explain-text.ts';
import type { WindowExplanation } from '../render/window-explain-text.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { isClosed, iso, readWindow, timetableOf, withWindowOptions } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

export type WindowExplainOptions = WindowOptions & { readonly deployMinutes?: string };

const usualMinutes = 15;
const leastReserveSeconds = 300;

/** All that the calendar knows of one instant. 0 open, 4 closed. */
export async function windowExplain(io: Io, options: WindowExplainOptions): Promise<ExitCode> {
  const minutes = parseCount(options.deployMinutes ?? String(usualMinutes), '--deploy-minutes', 9999);
  const asked = await readWindow(io, options);
  const { environment, at, freezes } = asked;
  const timetable = timetableOf(asked, 1);
  const { window } = timetable;
  if (window === null) {
    if (options.json === true) io.stdout(`${JSON.stringify({ schema: 1, environment: environment.name, at: iso(at), window: null, state: isClosed(timetable) ? 'closed' : 'open', ...(timetable.freeze === null ? {} : { freeze: { name: timetable.freeze.name, owner: timetable.freeze.owner, reason: timetable.freeze.reason } }), tzdata: tzdataDocument(machineTzdata(io)) })}\n`);
    else io.stdout(`${renderTimetable(timetable, io.colors).join('\n')}\n`);
    return isClosed(timetable) ? 4 : 0;
  }
  const calendar = prepareCalendar({ window, freezes });
  const answer = calendar.ask(at);
  const expectedSeconds = minutes * 60;
  const need = { expectedSeconds, reserveSeconds: Math.max(expectedSeconds / 2, leastReserveSeconds) };
  const explanation: WindowExplanation = { environment: environment.name, zone: window.zone, viewerZone: io.zone, answer, plan: planStart(calendar, at, need), need, tzdata: machineTzdata(io) };
  io.stdout(options.json === true ? `${JSON.stringify(explanationDocument(explanation))}\n` : `${renderWindowExplanation(explanation, io.colors).join('\n')}\n`);
  return answer.state === 'open' ? 0 : 4;
}

/** Instants in ISO 8601 with UTC's Z; null: not within the horizon. */
function explanationDocument({ environment, zone, answer, plan, need, tzdata }: WindowExplanation): Record<string, unknown> {
  const instant = (at: number | null): string | null => (at === null ? null : iso(at));
  return {
    schema: 1,
    environment,
    window: answer.window,
    zone,
    at: iso(answer.at),
    state: answer.state,
    ...whyDocument(answer),
    since: instant(answer.since),
    until: instant(answer.until),
    nextOpening: answer.nextOpening === null ? null : { from: iso(answer.nextOpening.from), to: instant(answer.nextOpening.to) },
    nextClosing: instant(answer.nextClosing),
    remainingSeconds: answer.remainingMilliseconds === null ? null : answer.remainingMilliseconds / 1000,
    deploy: { ...need, start: plan.start, ...(plan.start === 'later' ? { opensAt: iso(plan.opensAt) } : {}), ...(plan.start === 'not-in-sight' ? {} : { lastSafeStart: instant(plan.lastSafeStart) }) },
    tzdata: tzdataDocument(tzdata),
  };
}

function whyDocument(answer: CalendarAnswer): Record<string, unknown> {
  if (answer.state === 'open') return { rule: answer.rule.path.join('.') };
  const { why } = answer;
  return why.because === 'freeze' ? { because: 'freeze', freeze: { name: why.freeze.name, owner: why.freeze.owner, reason: why.freeze.reason, since: iso(why.freeze.since), until: why.freeze.until === null ? null : iso(why.freeze.until) } } : { because: 'no-window' };
}

export const registerWindowExplain: Register = (parent, run) => {
  const command = parent
    .command('explain')
    .summary('why is it open or closed, and what comes next?')
    .description('Tells all that the calendar knows of an instant: open or closed, by which rule of the policy, since and until when, what opens and closes next, and when a deploy can start. Exit status 0 open, 4 closed.');
  withExamples(withWindowOptions(command).option('--deploy-minutes <number>', 'how long a deploy is expected to take', String(usualMinutes)), 'sallyport window explain', 'sallyport window explain --at "next saturday 11:30" --deploy-minutes 20').action((options: WindowExplainOptions) =>
    run((io) => windowExplain(io, options)),
  );
};
