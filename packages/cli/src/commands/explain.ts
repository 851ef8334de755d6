import { exitCodeOf } from '../exit-code.ts';
import type { ExitCode, Io } from '../io.ts';
import { readRecordedDecision } from '../offline/recorded-decision.ts';
import { parseJsonFile } from '../parse-json.ts';
import { readTextFile } from '../read-file.ts';
import { renderDecisionText } from '../render/decision-text.ts';
import { renderReasons } from '../render/reasons-text.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** Shows a decision that was made earlier, as its gate printed it, and what its reasons mean. The exit code is the gate's too. */
export async function explain(io: Io, file: string): Promise<ExitCode> {
  const name = file === '-' ? 'standard input' : file;
  const { decision, zone } = readRecordedDecision(parseJsonFile(await readTextFile(io, file, 'decision file'), name, 'decision file'), name);
  io.stdout(renderDecisionText(decision, { colors: io.colors, columns: io.columns, zone }));
  io.stdout(renderReasons(decision, io));
  return exitCodeOf(decision.outcome);
}

export const registerExplain: Register = (parent, run) => {
  const command = parent
    .command('explain')
    .argument('<file>', 'a decision, a ledger entry that records one, or a case; - reads standard input')
    .summary('a decision made earlier, and what its reasons mean')
    .description('Shows a recorded decision as its gate printed it, and says of each reason what it means and what to do. It decides nothing anew.');
  withExamples(command, 'sallyport gate merge 12 --json > decision.json', 'sallyport explain decision.json').action((file: string) => run((io) => explain(io, file)));
};
