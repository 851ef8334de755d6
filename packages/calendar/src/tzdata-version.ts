/** The version of the time zone database behind every answer, e.g. `2026d`. Take `versions` from `process.versions`; `unknown` where the runtime does not say. */
export const tzdataVersion = (versions: Readonly<Record<string, string | undefined>>): string => versions['tz'] ?? 'unknown';
