import type * as z from 'zod';
import { renderPath, renderValue } from './problem.ts';
import type { PlacedProblem, PolicyPath } from './problem.ts';

/** Reports a problem at `path`. Severity is error unless said otherwise, and the value is pointed at, not its name. */
export type Report = (
  code: string,
  path: PolicyPath,
  message: string,
  more?: Partial<Pick<PlacedProblem, 'severity' | 'allowed' | 'nearest' | 'aim'>>,
) => void;

export type RawGroup = Readonly<Record<string, unknown>>;

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

/** Reports texts that occur twice in a raw list. */
export function reportRepeated(list: unknown, path: PolicyPath, report: Report): void {
  if (!Array.isArray(list)) return;
  const seen = new Set<unknown>();
  for (const [index, item] of list.entries()) {
    if (typeof item === 'string' && seen.has(item)) {
      report('repeated', [...path, index], `${renderPath(path)} names ${renderValue(item)} twice; remove one.`);
    }
    seen.add(item);
  }
}
