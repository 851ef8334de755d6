import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import picocolors from 'picocolors';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { runProgram } from './run-program.ts';

const { stdin, stdout, stderr, env } = process;
const isTerminal = stdin.isTTY && stdout.isTTY;

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const io: Io = {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  async readStdin() {
    const parts: Buffer[] = [];
    for await (const part of stdin) parts.push(part as Buffer);
    return Buffer.concat(parts);
  },
  env,
  cwd: process.cwd(),
  now: () => Date.now(),
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  tzdata: process.versions.tz ?? 'unknown',
  random: () => Math.random(),
  colors: picocolors.createColors(wantsColors()),
  isTerminal,
  columns: stdout.isTTY ? stdout.columns : 80,
  async ask(question) {
    const terminal = createInterface({ input: stdin, output: stderr });
    try {
      return await terminal.question(question);
    } catch (cause) {
      throw new InputError('A question was not answered, so nothing more is done.', { cause, next: 'Answer it, or give what it asks for as an option; --help names them.' });
    } finally {
      terminal.close();
    }
  },
  listenForInterrupt() {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    process.on('SIGINT', abort).on('SIGTERM', abort);
    return { signal: controller.signal, stop: () => void process.off('SIGINT', abort).off('SIGTERM', abort) };
  },
  waitUnitMilliseconds: 1000,
  demoFolder: fileURLToPath(new URL('../dist/demo', import.meta.url)),
  version,
};

/** https://no-color.org and https://force-color.org; otherwise a terminal that is not dumb. */
function wantsColors(): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '') return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY && env['TERM'] !== 'dumb';
}

// A reader that has seen enough, as in `sallyport … | head`, is no failure of ours.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Its status is not 0, because nobody has read the answer.
  if (error.code === 'EPIPE') process.exit(3);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), io);
