import { spawn } from 'node:child_process';
import { clockReading, decide, parseFacts } from '@sallyport/gates';
import { parsePolicy } from '@sallyport/policy';
import { sealPlain } from '@sallyport/gates';
import type { Case } from './scenario.ts';

/** What the suite reads of a decision; other fields do not matter. */
export type SeenDecision = { readonly outcome: string; readonly rules?: readonly SeenRule[] };
export type SeenRule = { readonly rule: string; readonly outcome: string; readonly reason: string; readonly judged?: readonly { readonly reason: string; readonly counted?: boolean }[] };

export type GateUnderTest = (document: Case) => Promise<SeenDecision>;

/** Our own gates, in this process. */
export const ownGate: GateUnderTest = async (document) => {
  const policy = parsePolicy(document.policy);
  if (!policy.ok) throw new Error(`the policy: ${policy.problems.map(({ message }) => message).join('; ')}`);
  const facts = parseFacts('any', document.facts);
  if (!facts.ok) throw new Error(`the facts: ${facts.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
  return decide(sealPlain(policy.policy), facts.facts, clockReading.parse(document.now));
};

const gates = ['merge', 'stage', 'release', 'override'] as const;

/** Any program: the case on its standard input, the decision as JSON on its standard output. `{gate}` in the command becomes the gate that the facts are for. */
export const commandGate = (command: string): GateUnderTest => async (document) => {
  const asked = (document.facts as { readonly gate?: unknown }).gate;
  const gate = gates.find((name) => name === asked) ?? 'merge';
  const { out, err } = await runShell(command.replaceAll('{gate}', gate), JSON.stringify(document));
  return readDecision(out, err);
};

function runShell(command: string, input: string): Promise<{ readonly out: string; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk));
    child.on('error', reject);
    child.on('close', () => {
      resolve(text);
    });
    // A gate that answers without reading to the end closes the pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function readDecision(out: string, err: string): SeenDecision {
  const decision = parsed(out);
  if (typeof decision === 'object' && decision !== null && 'outcome' in decision) return decision as SeenDecision;
  throw new Error(`no decision on standard output; it says ${JSON.stringify((out.trim() || err.trim()).slice(0, 200))}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
