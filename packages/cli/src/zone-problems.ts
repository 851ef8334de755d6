import { checkZone } from '@sallyport/calendar';
import type { Policy, PolicyProblem } from '@sallyport/policy';

/** Zones that are spelt well and yet name no place this machine's time zone database knows. */
export function zoneProblems({ windows, freezes }: Policy, text: string): readonly PolicyProblem[] {
  const named = [
    ...windows.map(({ name, zone }) => ({ path: ['windows', name, 'zone'], zone })),
    ...freezes.map(({ zone }, index) => ({ path: ['freezes', index, 'zone'], zone })),
  ];
  return named.flatMap(({ path, zone }): PolicyProblem[] => {
    const check = checkZone(zone);
    return check.ok ? [] : [{ severity: 'error', code: 'unknown-zone', path, ...placeOf(zone, text), message: check.message }];
  });
}

/** The first place where the name stands after `zone`: the parser has no positions for what it found right. */
function placeOf(zone: string, text: string): { readonly line: number; readonly column: number } {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const key = line.indexOf('zone');
    const column = key === -1 ? -1 : line.indexOf(zone, key);
    if (column !== -1) return { line: index + 1, column: column + 1 };
  }
  return { line: 1, column: 1 };
}
