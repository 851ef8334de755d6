const UNITS = [86_400, 3_600, 60, 1] as const;
const MAX_SECONDS = 366 * 86_400;

/** The spelling of a duration: whole numbers with the units d, h, m and s, largest unit first, such as `1h30m`. */
// Linear: the parts are bounded, and no two can match the same text because each ends in its own unit.
// eslint-disable-next-line security/detect-unsafe-regex
export const DURATION = /^(?=[0-9])(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?$/;

/** Reads `24h`, `90m`, `3d` or `1h30m` as seconds; null when the text is no duration or is longer than 366 days. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const seconds = UNITS.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? '0'), 0);
  return seconds <= MAX_SECONDS ? seconds : null;
}

/** The seconds of a duration that was checked before. Throws a RangeError on text that is none. */
export function durationSeconds(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === null) throw new RangeError(`${text} is not a duration`);
  return parsed;
}
