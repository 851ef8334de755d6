import type * as z from 'zod';
import { checkEnvironments } from './check-environments.ts';
import { checkFreezes, checkWindows } from './check-windows.ts';
import { checkMerge } from './check-merge.ts';
import { checkOverrides } from './check-overrides.ts';
import type { PlacedProblem, PolicyPath } from './problem.ts';

/** Reports a problem at `path`. Severity is error unless said otherwise, and the value is pointed at, not its name. */
export type Report = (
  code: string,
  path: PolicyPath,
  message: string,
  more?: Partial<Pick<PlacedProblem, 'severity' | 'allowed' | 'nearest' | 'aim'>>,
) => void;

export type RawGroup = Readonly<Record<string, unknown>>;

/**
 * Checks what holds between fields. Works on the file as written and looks at every part that is well formed by itself,
 * so that a mistake in one part does not hide those in the others.
 */
export function checkMeaning(raw: unknown): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  const report: Report = (code, path, message, more = {}) => {
    problems.push({ severity: 'error', code, path, message, aim: 'value', ...more });
  };
  const file = groupOf(raw);
  if (file === null) return [];
  checkMerge(file, report);
  checkEnvironments(file, report);
  checkWindows(file, report);
  checkFreezes(file, report);
  checkOverrides(file, report);
  return problems;
}

/** `value` as a group of fields, or null when it is something else. */
export function groupOf(value: unknown): RawGroup | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawGroup) : null;
}

/** Calls `visit` for every entry of a raw group or list that satisfies `schema` by itself. */
export function eachValid<Schema extends z.ZodType>(
  raw: unknown,
  schema: Schema,
  visit: (value: z.output<Schema>, key: string) => void,
): void {
  if (typeof raw !== 'object' || raw === null) return;
  for (const [key, entry] of Object.entries(raw)) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) visit(parsed.data, key);
  }
}
