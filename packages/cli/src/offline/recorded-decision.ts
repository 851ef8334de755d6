import { decision } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import { ledgerEntry } from '@sallyport/ledger';
import { parsePolicy } from '@sallyport/policy';
import * as z from 'zod';
import { InputError } from '../input-error.ts';
import { policyZone } from '../print-decision.ts';
import { plain } from '../render/plain.ts';
import { readCase } from './facts-document.ts';
import { notOfShape } from './not-of-shape.ts';

export type RecordedDecision = {
  readonly decision: Decision;
  /** The zone of the policy's windows, where the document has the policy with it. */
  readonly zone: string | null;
};

/** A decision from a document: the decision itself, a ledger entry that records one, or a case. Throws InputError, with the place of every fault, for anything else. */
export function readRecordedDecision(document: unknown, name: string): RecordedDecision {
  const recorded = readCase(document, name);
  if (recorded !== null) return { decision: fromCase(recorded.decision, name), zone: zoneIn(recorded.policy) };
  if (hasKey(document, 'previousRoot')) return { decision: fromEntry(document, name), zone: null };
  if (hasKey(document, 'pullRequest') || hasKey(document, 'landing') || hasKey(document, 'request')) {
    throw new InputError(`${name} holds facts and no decision.`, { next: 'Ask the gate to decide on them: `sallyport gate merge --facts FILE`.' });
  }
  return { decision: parseDecision(document, name), zone: null };
}

function fromCase(document: unknown, name: string): Decision {
  if (document === undefined) throw new InputError(`The case ${name} records no decision.`, { next: 'Ask the gate to decide on it: `sallyport gate merge --facts FILE`.' });
  return parseDecision(document, name, ['decision']);
}

function fromEntry(document: unknown, name: string): Decision {
  const parsed = ledgerEntry.safeParse(document);
  if (!parsed.success) throw notOfShape(parsed.error, name, 'a ledger entry');
  const { index, body } = parsed.data;
  if (body.type !== 'decision-made') throw new InputError(`Entry ${index} in ${name} records ${plain(body.type)} and no decision.`, { next: 'Give an entry of type decision-made; `sallyport ledger show` lists the types.' });
  const made = parseDecision(body.decision, name, ['body', 'decision']);
  const odd = (['gate', 'subject', 'outcome'] as const).find((key) => made[key] !== body[key]);
  if (odd !== undefined) throw new InputError(`Entry ${index} in ${name} contradicts itself: body.${odd} is not body.decision.${odd}.`, { next: 'Run `sallyport ledger verify`: no gate writes such an entry.' });
  return made;
}

function parseDecision(document: unknown, name: string, at: readonly string[] = []): Decision {
  const parsed = decision.safeParse(document);
  if (!parsed.success) throw notOfShape(new z.core.$ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] }))), name, 'a decision');
  return parsed.data;
}

function zoneIn(policy: string): string | null {
  const parsed = parsePolicy(policy, { file: 'the policy of the case' });
  return parsed.ok ? policyZone(parsed.policy) : null;
}

const hasKey = (document: unknown, key: string): boolean => typeof document === 'object' && document !== null && Object.hasOwn(document, key);
