import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonCodes } from '@sallyport/gates';
import { allReasonsPage } from '@sallyport/pipeline';
import { nearestSpelling } from '@sallyport/policy';
import { exitCodeOf } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { readRecordedDecision } from '../offline/recorded-decision.ts';
import { parseJsonFile } from '../parse-json.ts';
import { readTextFile } from '../read-file.ts';
import { renderDecisionText } from '../render/decision-text.ts';
import { renderReason, renderReasons } from '../render/reasons-text.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

/** What is named like a reason and is no file is one. */
async function explainFileOrCode(io: Io, what: string): Promise<ExitCode> {
  if (!/^[a-z][a-z-]*$/.test(what) || (await isThere(io, what))) return explain(io, what);
  const code = reasonCodes.find((one) => one === what);
  if (code === undefined) throw new InputError(`There is no file and no reason "${what}".`, { next: nextFor(what) });
  io.stdout(renderReason(code, io));
  return 0;
}

function nextFor(word: string): string {
  const nearest = nearestSpelling(word, reasonCodes);
  return `${nearest === undefined ? '' : `The nearest reason is ${nearest}. `}Give a file with a decision, or one of the reasons in ${allReasonsPage}.`;
}

const isThere = ({ cwd }: Io, path: string): Promise<boolean> => access(resolve(cwd, path)).then(() => true, () => false);

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
    .argument('<what>', 'a reason, such as window-closed; or a file with a decision, a ledger entry that records one, or a case; - reads standard input')
    .summary('a reason, or a decision made earlier and what its reasons mean')
    .description('Says what a reason means and what to do about it. Or shows a recorded decision as its gate printed it, and says of each reason what it means and what to do. It decides nothing anew.');
  withExamples(command, 'sallyport explain window-closed', 'sallyport gate merge 12 --json > decision.json', 'sallyport explain decision.json').action((what: string) => run((io) => explainFileOrCode(io, what)));
};
