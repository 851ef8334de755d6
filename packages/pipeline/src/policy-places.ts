import { checkZone, holidayPlaceComplaint } from '@sallyport/calendar';
import { placeIn, renderPath } from '@sallyport/policy';
import type { Policy, PolicyProblem } from '@sallyport/policy';

/** Zones that are spelt well and yet name no place this machine's time zone database knows. `text` is the policy's. */
export function zoneProblems({ windows, freezes, calendars = [] }: Policy, text: string): readonly PolicyProblem[] {
  const place = placeIn(text);
  const named = [
    ...windows.map(({ name, zone }) => ({ path: ['windows', name, 'zone'], zone })),
    ...freezes.map(({ zone }, index) => ({ path: ['freezes', index, 'zone'], zone })),
    ...calendars.map(({ zone }, index) => ({ path: ['calendars', index, 'zone'], zone })),
  ];
  return named.flatMap(({ path, zone }): PolicyProblem[] => {
    const check = checkZone(zone);
    return check.ok ? [] : [{ severity: 'error', code: 'unknown-zone', path, ...place(path), message: check.message }];
  });
}

/** Places whose holidays nobody knows. */
export async function holidayProblems({ calendars = [] }: Policy, text: string): Promise<readonly PolicyProblem[]> {
  const place = placeIn(text);
  const problems = await Promise.all(
    calendars.map(async ({ source }, index): Promise<readonly PolicyProblem[]> => {
      const complaint = source.kind === 'holidays' ? await holidayPlaceComplaint(source.place) : null;
      const path = ['calendars', index, 'holidays'];
      return complaint === null ? [] : [{ severity: 'error', code: 'unknown-place', path, ...place(path), message: `${renderPath(path)}: ${complaint}` }];
    }),
  );
  return problems.flat();
}
