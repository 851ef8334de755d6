import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The module a job's node processes load first: it moves Date by `offset` milliseconds and nothing else. */
const moduleText = (offset: number): string => `const offset = ${String(Math.round(offset))};
const RealDate = globalThis.Date;
const realNow = RealDate.now.bind(RealDate);
const now = () => realNow() + offset;
RealDate.now = now;
const MovedDate = new Proxy(RealDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
});
Object.defineProperty(RealDate.prototype, 'constructor', { value: MovedDate, writable: true, configurable: true });
globalThis.Date = MovedDate;
`;

/** Writes the clock module into `folder`; gives the NODE_OPTIONS that make a node process see the machine's clock moved by `offsetMilliseconds`. */
export async function writeMachineClock(folder: string, offsetMilliseconds: number): Promise<string> {
  const file = join(folder, 'machine-clock.mjs');
  await writeFile(file, moduleText(offsetMilliseconds));
  return `--import=${pathToFileURL(file).href}`;
}
