import type { Outside } from '@sallyport/pipeline';
import type { BrokenPorts } from '../world.ts';

export type Moment = 'before' | 'after';

export type Breaker = BrokenPorts & {
  /** The call at which the run died, e.g. `ledger.write`; null as long as it did not. */
  struckAt(): string | null;
};

type Verb = (...given: readonly unknown[]) => unknown;
type Ports = Readonly<Record<string, Readonly<Record<string, Verb>>>>;

/** Calls that change something; of the others nothing remains, so that to die after one is to die before the next. */
const writes = new Set(['ledger.write', 'promotions.createTag', 'desk.openReview', 'mergeCheck.publish', 'builds.publish']);

/** Lets a run die at its n-th call of a port, from 1 and over all runs it is given to: before the call, or after it took effect and before its answer. `after` counts only what changes something, and so does `changes`. */
export function createBreaker(call: number, moment: Moment, at: 'every call' | 'changes' = 'every call'): Breaker {
  let calls = 0;
  let struck: string | null = null;
  let tell = (said: string): void => void said;
  const died = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const never = (): Promise<never> => new Promise(() => undefined);
  const verb = (name: string, given: Verb, isDead: () => boolean, die: () => void): Verb => async (...words) => {
    if (isDead()) return never();
    if (struck === null && ((moment === 'before' && at === 'every call') || writes.has(name))) calls += 1;
    else return given(...words);
    if (calls !== call) return given(...words);
    struck = name;
    die();
    if (moment === 'after') await given(...words);
    tell(name);
    return never();
  };
  return {
    died,
    struckAt: () => struck,
    wrap: (outside) => {
      let dead = false;
      const wrapPort = (port: string, verbs: Readonly<Record<string, Verb>>) => Object.fromEntries(Object.entries(verbs).map(([name, given]) => [name, verb(`${port}.${name}`, given, () => dead, () => { dead = true; })]));
      return Object.fromEntries(Object.entries(outside as unknown as Ports).map(([port, verbs]) => [port, wrapPort(port, verbs)])) as unknown as Outside;
    },
  };
}
