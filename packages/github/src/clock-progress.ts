/** By how much told times may fall behind: what the clocks of two servers, and an answer that took its time, may make of it. */
const toleratedMilliseconds = 60_000;

/** What a server told, and when by a clock of this machine that only ever rises. Both in milliseconds. */
type Told = { readonly serverAt: number; readonly receivedAt: number };

/**
 * Watches that told times go on while time passes. Gives what was told, but never a time before one that was told already; null
 * when it falls more than a minute behind, as the answers of a cache and of a server whose clock stands still do.
 */
export function watchProgress(): (told: Told) => number | null {
  /** The greatest lead of the server's clock over ours, which is what it was before any answer took its time. */
  let lead = -Infinity;
  let latest = -Infinity;
  return ({ serverAt, receivedAt }) => {
    if (lead + receivedAt - serverAt > toleratedMilliseconds) return null;
    lead = Math.max(lead, serverAt - receivedAt);
    latest = Math.max(latest, serverAt);
    return latest;
  };
}
