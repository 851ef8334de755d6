import { createHash } from 'node:crypto';

/** Anything but `same` means closed (W09). */
export type FeedIntegrity = { readonly state: 'same' } | { readonly state: 'different'; readonly found: string; readonly message: string } | { readonly state: 'unknown'; readonly message: string };

/** Whether the bytes of a calendar are those that were agreed on; `expected` is `sha256:` and 64 digits of hex. */
export function checkIntegrity(bytes: Uint8Array, expected: string): FeedIntegrity {
  if (!/^sha256:[0-9a-f]{64}$/.test(expected)) return { state: 'unknown', message: 'The expected digest of the calendar is not of the form sha256: and 64 lower-case digits of hex, so nothing can be compared. Correct it.' };
  const found = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (found === expected) return { state: 'same' };
  return { state: 'different', found, message: `The calendar is ${found} and not ${expected}. See what was changed in it, and write the new digest down if that was meant.` };
}
