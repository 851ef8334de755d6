import type { Colors } from 'picocolors/types.js';

/** 0 allow, 1 deny, 2 bad input, 3 unknown or GitHub failed, 4 wait. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Everything a command may touch of the machine. Only `main.ts` makes one from the real process. */
export type Io = {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Standard input to its end. */
  readStdin(): Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start. */
  readonly cwd: string;
  /** This machine's clock, epoch milliseconds. */
  now(): number;
  /** The zone this machine shows times in, an IANA name. */
  readonly zone: string;
  /** Version of the tz database in use, e.g. `2026b`. */
  readonly tzdata: string;
  /** Plain unless standard output is a terminal. */
  readonly colors: Colors;
  /** Someone sits in front of it: standard input and output are both a terminal. */
  readonly isTerminal: boolean;
  /** Width to fit text into. */
  readonly columns: number;
  /** Asks the person at the terminal; gives the line typed. */
  ask(question: string): Promise<string>;
  /** From 0 up to 1. */
  random(): number;
  /** Listens for Ctrl-C and SIGTERM from now on, instead of ending at once; `stop` ends the listening. */
  listenForInterrupt(): { readonly signal: AbortSignal; stop(): void };
  /** One unit of waiting before GitHub is asked again. */
  readonly waitUnitMilliseconds: number;
  /** The folder with what the demo needs: shop, workflows, actions. */
  readonly demoFolder: string;
  readonly version: string;
};
