import { canonicalJson } from '@sallyport/ledger';
import { readState } from '@sallyport/pipeline';
import type { ExitCode, Io } from '../io.ts';
import { replayDecisions } from '../offline/replay.ts';
import type { ReplayOptions } from '../offline/replay.ts';
import { parseRange } from '../parse-range.ts';
import type { RangeOptions } from '../parse-range.ts';
import { renderReplay, replayDocument } from '../render/replay-text.ts';
import { readIntact } from './intact-ledger.ts';
import { withLedgerOptions } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** How often a long replay says how far it is. */
const progressEvery = 500;

/** Makes the recorded decisions again. 0 all the same, 1 when one is not, or when the ledger is not intact. */
export async function replay(io: Io, options: LedgerOptions & RangeOptions): Promise<ExitCode> {
  const ledger = await readIntact(io, options, 'no decision is made again');
  if (ledger === null) return 1;
  const range = parseRange(options, ledger.head.size);
  const made = replayDecisions(readState(ledger), { ...range, onProgress: progressOn(io) });
  const shown = { head: ledger.head, range, replay: made, tzdata: io.tzdata };
  io.stdout(options.json === true ? `${canonicalJson(replayDocument(shown))}\n` : renderReplay(shown, io.colors));
  return made.findings.length === 0 ? 0 : 1;
}

const progressOn = (io: Pick<Io, 'stderr'>): ReplayOptions['onProgress'] => ({ done, total }) => {
  if (done > 0 && done % progressEvery === 0) io.stderr(`${done} of ${total} decisions made again\n`);
};

export const registerReplay: Register = (parent, run) => {
  const command = withLedgerOptions(parent.command('replay'))
    .option('--from <index>', 'the first entry to look at (default: 0)')
    .option('--to <index>', 'the last entry to look at (default: the last)')
    .summary('does every recorded decision come out the same?')
    .description('Verifies the ledger, makes each of its decisions again from the facts, policy and time recorded with it, and compares to the byte. Exit status 0 all the same, 1 not.');
  withExamples(command, 'sallyport replay --repo acme/shop', 'sallyport replay --from 100 --to 199 --json', 'sallyport replay --directory ./ledger --policy sallyport.yml').action((options: LedgerOptions & RangeOptions) => run((io) => replay(io, options)));
};
