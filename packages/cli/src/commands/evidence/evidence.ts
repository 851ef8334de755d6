import { Option } from 'commander';
import { canonicalJson } from '@sallyport/ledger';
import { buildEvidenceReport, environmentIn, periodOf, policyHistory, promotionsTo, readEvidenceRecord, renderEvidenceCsv, renderEvidenceHtml, reportZone } from '@sallyport/pipeline';
import type { EvidenceQuestion, EvidenceReport } from '@sallyport/pipeline';
import { connect } from '../../connect.ts';
import { InputError } from '../../input-error.ts';
import type { ExitCode, Io } from '../../io.ts';
import { plain } from '../../render/plain.ts';
import { unknownEnvironment } from '../../choose-environment.ts';
import { writeOutput } from '../../write-output.ts';
import { readIntact } from '../intact-ledger.ts';
import { withLedgerSource } from '../ledger-options.ts';
import type { LedgerOptions } from '../ledger-options.ts';
import { withExamples } from '../register.ts';
import type { Register } from '../register.ts';
import { parseBound } from './parse-bound.ts';
import { readOutages } from './read-outages.ts';

type Format = 'csv' | 'json' | 'html';
export type EvidenceOptions = LedgerOptions & { readonly from: string; readonly to: string; readonly environment?: string; readonly format: Format; readonly outages?: string; readonly out?: string };

type Record = ReturnType<typeof readEvidenceRecord>;

/** Writes what the ledger proves about every production deployment of a time. 0 written, whatever it says; 1 when the ledger is not intact. */
export async function evidence(io: Io, options: EvidenceOptions): Promise<ExitCode> {
  const [from, to] = [parseBound(options.from, '--from'), parseBound(options.to, '--to')];
  const outages = await readOutages(io, options.outages);
  const ledger = await readIntact(io, options, 'it is evidence of nothing');
  if (ledger === null) return 1;
  const record = readEvidenceRecord(ledger);
  const history = policyHistory(record);
  const environment = chooseEnvironment(record, history, options.environment);
  const zone = reportZone(history, environment);
  const period = periodOf(zone, from, to);
  if (period.from >= period.to) throw new InputError(`--from ${plain(options.from)} is not before --to ${plain(options.to)}.`, { next: 'A date as --to is included whole; an instant is not.' });
  const shown = options.directory === undefined ? await readShown(io, options, environment) : null;
  const report = buildEvidenceReport(record, { environment, period, zone, outages, shown });
  await writeOutput(io, renderAs(options.format, report), options.out);
  if (outages === null) io.stderr('No list of outages was given (--outages), so availability is not in the report.\n');
  return 0;
}

/** The environment asked for, else the last one of the policy that was decided by last. Throws InputError for one that the ledger does not know. */
function chooseEnvironment({ state }: Record, history: ReturnType<typeof policyHistory>, asked: string | undefined): string {
  const latest = history.at(-1)?.policy;
  const name = asked ?? latest?.environments.at(-1)?.name;
  if (name === undefined) throw new InputError('The ledger records no decision by any policy, so it is not known which environment is meant.', { next: 'Give --environment; for an empty ledger the report is empty too.' });
  const known = promotionsTo(state, name).length > 0 || history.some(({ policy }) => environmentIn(policy, name) !== undefined);
  if (!known && latest !== undefined) throw unknownEnvironment(latest, name);
  return name;
}

/** What GitHub shows of the environment, to find what has no record. */
async function readShown(io: Io, options: EvidenceOptions, environment: string): Promise<EvidenceQuestion['shown']> {
  const { outside } = await connect(io, options, 'a fine-grained token with read access to contents, deployments and metadata');
  const [tags, deployments] = await Promise.all([outside.promotions.listTags(environment), outside.deployments.list(environment)]);
  return { tags, deployments };
}

function renderAs(format: Format, report: EvidenceReport): string {
  switch (format) {
    case 'csv':
      return renderEvidenceCsv(report);
    case 'json':
      return `${canonicalJson(report)}\n`;
    case 'html':
      return renderEvidenceHtml(report);
    default:
      return format satisfies never;
  }
}

export const registerEvidence: Register = (parent, run) => {
  const command = withLedgerSource(parent.command('evidence'))
    .requiredOption('--from <date>', 'the first day, in the zone of the environment’s window, or an instant with its offset')
    .requiredOption('--to <date>', 'the last day, included whole, or an instant that is not included')
    .option('--environment <name>', 'default: the last environment of the policy')
    .addOption(new Option('--format <format>', 'csv: a line for each deployment; html: one page to read and print; json: everything').choices(['csv', 'json', 'html']).makeOptionMandatory())
    .option('--outages <file>', 'outages for the availability, CSV: from,to,kind,reason; kind is planned or unplanned')
    .option('--out <file>', 'where to write it (default: standard output)')
    .summary('what an auditor asks about every production deployment')
    .description('Verifies the ledger and reports every promotion of a time: who approved, what was tested, why then, what ran before, with proofs; exceptions first; delivery figures and availability. What the ledger does not say is shown as not recorded. With --directory nothing is read from the network. Exit status 0 written, 1 the ledger is not intact.');
  withExamples(command, 'sallyport evidence --from 2026-10-01 --to 2026-12-31 --format html --out q4.html', 'sallyport evidence --from 2026-12-01 --to 2026-12-31 --format csv --directory ledger --policy sallyport.yml').action((options: EvidenceOptions) => run((io) => evidence(io, options)));
};
