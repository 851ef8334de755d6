import type { Simulator } from '@sallyport/simulator';
import type { GatekeeperProcess } from './gatekeeper-process.ts';

type Request = { readonly method: string; readonly path: string };

/** A request that changes the repository; asking for a token changes nothing. */
export const isWrite = ({ method, path }: Request): boolean => !['GET', 'HEAD'].includes(method) && !path.endsWith('/access_tokens');

/** What people read is brought up to date last, and no promotion depends on it. */
const informs = ({ path }: Request): boolean => path.includes('/issues');

/** Names a write for people, e.g. `PATCH git/refs/heads/sallyport-ledger`. */
export const nameOf = ({ method, path }: Request): string => `${method} ${decodeURIComponent(path).replace('/repos/acme/shop/', '')}`;

export type KillSwitch = {
  /** The process that the switch ends. */
  aim(victim: GatekeeperProcess): void;
  /** The write at which it was ended; null as long as it was not. */
  killedAt(): string | null;
  /** Lets the held request through, as a network may deliver it late. */
  release(): void;
  remove(): void;
};

/**
 * Ends the victim at its `step`-th write (from 1) that a promotion depends on: `before` GitHub looks at the request, which is then held,
 * or `after` GitHub has done it, but before the answer is sent.
 */
export function armKillSwitch(simulator: Simulator, step: number, moment: 'before' | 'after'): KillSwitch {
  let victim: GatekeeperProcess | null = null;
  let writes = 0;
  let killedAt: string | null = null;
  let release = (): void => undefined;
  const strike = (request: Request): boolean => {
    if (victim === null || killedAt !== null || !isWrite(request) || informs(request)) return false;
    writes += 1;
    if (writes !== step) return false;
    killedAt = nameOf(request);
    victim.kill();
    return true;
  };
  const hold = (request: Request): void | Promise<void> => {
    if (strike(request)) return new Promise((resolve) => { release = resolve; });
  };
  const remove = moment === 'before' ? simulator.beforeRequest(hold) : simulator.observe(strike);
  return {
    aim: (aimed) => { victim = aimed; },
    killedAt: () => killedAt,
    release: () => { release(); },
    remove,
  };
}
