import type { Outside } from '@sallyport/pipeline';
import type { BrokenPorts } from '../world.ts';
import { nameCall } from './name-call.ts';

export type Moment = 'before' | 'after';

/** One call of a port, by what it is and how many of the same were before it, e.g. the second `ledger.write promotion-intended`. */
export type Call = { readonly name: string; /** From 1. */ readonly nth: number };

export type Breaker = BrokenPorts & {
  /** Every call that was made, in order, over all runs. After the killing there are none. */
  readonly calls: readonly Call[];
  struck(): boolean;
  /** When nothing of a dead run is under way any more. */
  settle(): Promise<void>;
};

type Verb = (...given: readonly unknown[]) => unknown;
type Ports = Readonly<Record<string, Readonly<Record<string, Verb>>>>;

const never = (): Promise<never> => new Promise(() => undefined);

/** Lets a run die at one call: before it, or after it took effect and before its answer. `kill` null: none dies, and the calls are only listed. */
export function createBreaker(kill: (Call & { readonly moment: Moment }) | null): Breaker {
  const calls: Call[] = [];
  const counts = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  let struck = false;
  let tell = (said: string): void => void said;
  const died = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const send = (given: Verb, words: readonly unknown[]): Promise<unknown> => {
    const sent = Promise.resolve(given(...words));
    underWay.add(sent);
    return sent.finally(() => underWay.delete(sent));
  };
  const count = (name: string): Call => {
    const call = { name, nth: (counts.get(name) ?? 0) + 1 };
    counts.set(name, call.nth);
    calls.push(call);
    return call;
  };
  const verb = (port: string, given: Verb, life: { dead: boolean }): Verb => async (...words) => {
    if (life.dead) return never();
    if (struck) return given(...words);
    const call = count(nameCall(port, words));
    if (call.name !== kill?.name || call.nth !== kill.nth) return answerOf(life, await send(given, words));
    struck = true;
    life.dead = true;
    if (kill.moment === 'after') await send(given, words);
    tell(call.name);
    return never();
  };
  const wrapPort = (port: string, verbs: Readonly<Record<string, Verb>>, life: { dead: boolean }) => Object.fromEntries(Object.entries(verbs).map(([name, given]) => [name, verb(`${port}.${name}`, given, life)]));
  return {
    died,
    calls,
    struck: () => struck,
    settle: async () => {
      await Promise.allSettled(underWay);
    },
    wrap: (outside) => {
      const life = { dead: false };
      return Object.fromEntries(Object.entries(outside as unknown as Ports).map(([port, verbs]) => [port, wrapPort(port, verbs, life)])) as unknown as Outside;
    },
  };
}

/** A dead run hears of nothing any more, not even of what it asked before. */
const answerOf = (life: { readonly dead: boolean }, answer: unknown): unknown => (life.dead ? never() : answer);
