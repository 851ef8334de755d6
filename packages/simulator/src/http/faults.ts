/** A broken outside, on purpose: applies to the requests `when` picks, `times` times (default: always, until removed). */
export type Fault = {
  readonly when: (request: { readonly method: string; readonly path: string }) => boolean;
  readonly kind: 'server-error' | 'secondary-limit' | 'drop-before' | 'drop-after' | 'slow' | 'html' | 'half-body';
  readonly times?: number;
  /** For `slow`: real milliseconds. */
  readonly delayMilliseconds?: number;
};

export type Faults = {
  /** Adds a fault; the returned function removes it. */
  add(fault: Fault): () => void;
  /** The first fault for this request, counted as used. */
  take(request: { readonly method: string; readonly path: string }): Fault | null;
};

export function createFaults(): Faults {
  const planned: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      planned.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    take: (request) => {
      const entry = planned.find((candidate) => candidate.left > 0 && candidate.fault.when(request));
      if (entry === undefined) return null;
      entry.left -= 1;
      return entry.fault;
    },
  };
}

/** The answer of a fault that answers instead of the simulator; null for the others. */
export function faultAnswer(fault: Fault): Response | null {
  switch (fault.kind) {
    case 'server-error':
      return Response.json({ message: 'Server Error' }, { status: 502 });
    case 'secondary-limit':
      return Response.json(
        { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits' },
        { status: 403, headers: { 'retry-after': '1' } },
      );
    case 'html':
      return new Response('<!DOCTYPE html><html><body><h1>This page is taking too long to load.</h1></body></html>', { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    case 'drop-before':
    case 'drop-after':
    case 'slow':
    case 'half-body':
      return null;
    default:
      return fault.kind satisfies never;
  }
}
