import type { ClockReading } from '@sallyport/gates';
import { decisionDocument } from '@sallyport/pipeline';
import { canonicalJson } from '@sallyport/ledger';
import { exitCodeOf } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { parseInstant } from '../parse-instant.ts';
import { parseJsonFile } from '../parse-json.ts';
import { defaultPolicyFile, parsePolicyText, readPolicyFile } from '../policy-file.ts';
import type { PolicyFile } from '../policy-file.ts';
import { printDecision } from '../print-decision.ts';
import { readTextFile } from '../read-file.ts';
import { plain } from '../render/plain.ts';
import { firstDifference } from './difference.ts';
import { decideOn, readCase } from './facts-document.ts';
import type { CaseDocument, GateName } from './facts-document.ts';

export type OfflineOptions = { readonly facts: string; readonly policy?: string; readonly at?: string; readonly json?: boolean; readonly check?: boolean };

/** Decides on facts from a file: no network, no token. With `check`, compares with the decision the file records. */
export async function decideOffline(io: Io, gate: GateName, options: OfflineOptions): Promise<ExitCode> {
  const name = options.facts === '-' ? 'standard input' : options.facts;
  const document = parseJsonFile(await readTextFile(io, options.facts, 'facts file'), name, 'facts file');
  const recorded = readCase(document, name);
  if (options.check === true) return check(io, gate, options, recorded, name);
  const policy = await policyFor(io, options, recorded, name);
  const now = clockFor(io, options, recorded);
  const decision = decideOn(gate, policy.sealed, recorded === null ? document : recorded.facts, now, name);
  printDecision(io, decision, policy.sealed.value, options);
  return exitCodeOf(decision.outcome);
}

async function policyFor(io: Io, { policy }: OfflineOptions, recorded: CaseDocument | null, name: string): Promise<PolicyFile> {
  if (recorded === null) return readPolicyFile(io, policy ?? defaultPolicyFile);
  if (policy === undefined) return parsePolicyText(recorded.policy, `policy in ${name}`);
  io.stderr(`The policy ${plain(policy)} is used instead of the one in ${plain(name)}.\n`);
  return readPolicyFile(io, policy);
}

function clockFor(io: Io, { at }: OfflineOptions, recorded: CaseDocument | null): ClockReading {
  if (at !== undefined) {
    const instant = parseInstant(at, '--at');
    return { serverAt: instant, localAt: instant };
  }
  if (recorded !== null) return recorded.now;
  const instant = io.now();
  io.stderr(`No --at was given: the time is this machine's, ${new Date(instant).toISOString()}. A gate on GitHub takes GitHub's.\n`);
  return { serverAt: instant, localAt: instant };
}

function check(io: Io, gate: GateName, { policy, at, json }: OfflineOptions, recorded: CaseDocument | null, name: string): ExitCode {
  if (policy !== undefined || at !== undefined) throw new InputError('--check decides on exactly what was recorded, so it takes neither --policy nor --at.', { next: 'Leave them out, or leave out --check.' });
  if (recorded?.decision === undefined) throw new InputError(`${name} records no decision to compare with.`, { next: 'Give a case as `sallyport demo --json` prints them, or leave out --check.' });
  const made = decisionDocument(decideOn(gate, parsePolicyText(recorded.policy, `policy in ${name}`).sealed, recorded.facts, recorded.now, name));
  const difference = firstDifference(recorded.decision, made);
  const bytes = Buffer.byteLength(canonicalJson(made));
  if (json === true) io.stdout(`${canonicalJson({ same: difference === null, bytes, ...(difference === null ? {} : { difference }), decision: made })}\n`);
  else if (difference === null) io.stdout(`The same decision, to the byte: ${plain(String(made['outcome']))} for ${plain(String(made['subject']))} (${bytes} bytes of canonical JSON).\n`);
  else io.stdout(`Not the decision that was recorded. First difference at ${plain(difference.path)}:\n  recorded: ${plain(difference.expected)}\n  made now: ${plain(difference.actual)}\n`);
  return difference === null ? 0 : 1;
}

