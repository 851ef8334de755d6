/** What goes wrong between a run of ours and GitHub. Writes are counted from 1. */
export type Trouble =
  | { readonly kind: 'none' }
  /** The run dies at its n-th write: `before` it leaves, `late`: it leaves and arrives when somebody lets it, `after` GitHub has done it. */
  | { readonly kind: 'dies'; readonly write: number; readonly moment: 'before' | 'late' | 'after' }
  /** The n-th write is answered 502: `undone` nothing happened, `done` it did all the same. */
  | { readonly kind: 'write-fails'; readonly write: number; readonly effect: 'undone' | 'done' }
  /** Every read whose path matches is answered 502, whoever asks how often. */
  | { readonly kind: 'reads-fail'; readonly path: RegExp }
  /** The n-th write waits until `resume`. */
  | { readonly kind: 'pauses'; readonly write: number };

export type Wire = {
  readonly fetch: typeof globalThis.fetch;
  /** Resolves when the run dies. What it awaits then never comes. */
  readonly died: Promise<void>;
  /** Resolves when the n-th write waits. */
  readonly paused: Promise<void>;
  /** Lets a waiting write, or a dead run's late one, arrive. */
  resume(): Promise<void>;
  /** Whether the trouble came to pass. */
  struck(): boolean;
  /** Names of the writes that were made or tried, e.g. `PATCH /repos/acme/shop/git/refs/heads/sallyport-ledger`. */
  writes(): readonly string[];
};

const never = (): Promise<never> => new Promise(() => undefined);
const badGateway = (): Response => Response.json({ message: 'Server Error' }, { status: 502 });

export const pathOf = (input: string | URL | Request): string => new URL(input instanceof Request ? input.url : input).pathname;

/** A connection to GitHub on which `trouble` happens. A run that died on it never hears of GitHub again. */
export function createWire(fetch: typeof globalThis.fetch, trouble: Trouble): Wire {
  const writes: string[] = [];
  const died = signal();
  const paused = signal();
  const resumed = signal();
  let dead = false;
  let struck = false;
  let late: (() => Promise<unknown>) | null = null;

  const die = (): Promise<never> => {
    dead = true;
    died.give();
    return never();
  };
  const strike = async (send: () => Promise<Response>): Promise<Response> => {
    struck = true;
    switch (trouble.kind) {
      case 'dies':
        if (trouble.moment === 'late') late = send;
        if (trouble.moment === 'after') await send();
        return die();
      case 'write-fails':
        if (trouble.effect === 'done') await send();
        return badGateway();
      case 'pauses':
        paused.give();
        await resumed.given;
        return send();
      case 'none':
      case 'reads-fail':
        return send();
      default:
        return trouble satisfies never;
    }
  };
  return {
    died: died.given,
    paused: paused.given,
    struck: () => struck,
    writes: () => writes,
    resume: async () => {
      resumed.give();
      const send = late;
      late = null;
      await send?.();
    },
    fetch: async (input, init) => {
      if (dead) return never();
      const method = init?.method ?? 'GET';
      const path = decodeURIComponent(pathOf(input));
      const send = (): Promise<Response> => fetch(input, init);
      if (method === 'GET' || method === 'HEAD' || path === '/graphql') {
        if (trouble.kind !== 'reads-fail' || !trouble.path.test(path)) return send();
        struck = true;
        return badGateway();
      }
      writes.push(`${method} ${path}`);
      return 'write' in trouble && !struck && writes.length === trouble.write ? strike(send) : send();
    },
  };
}

function signal(): { readonly given: Promise<void>; give(): void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => { give(); } };
}
