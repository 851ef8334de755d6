import * as z from 'zod';
import { refused } from './refused.ts';
import type { Refused } from './refused.ts';

const payloadType = 'application/vnd.in-toto+json';
const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'https://slsa.dev/provenance/v1';

/** https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md. What else it says is of no concern here. */
const statement = z.object({
  _type: z.string(),
  predicateType: z.string(),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })).min(1),
});

export type Attested = { readonly name: string; readonly digest: string };

/** Does a signed envelope state SLSA provenance (version 1) of every artifact, by its SHA-256 digest? Null: it does. */
export function checkStatement(envelope: { readonly payloadType: string; readonly payload: Uint8Array }, artifacts: readonly Attested[]): Refused | null {
  if (envelope.payloadType !== payloadType) return refused('payload-type', `The signed payload is of type ${JSON.stringify(envelope.payloadType)}; expected is ${payloadType}.`);
  const read = statement.safeParse(parse(envelope.payload));
  if (!read.success) return refused('statement-malformed', 'The signed payload is not an in-toto statement with subjects.');
  const { _type: type, predicateType: predicate, subject } = read.data;
  if (type !== statementType) return refused('statement-type', `The statement is of type ${JSON.stringify(type)}; expected is ${statementType}.`);
  if (predicate !== predicateType) return refused('predicate-type', `The statement is a ${JSON.stringify(predicate)}; expected is ${predicateType}.`);
  const attested = new Set(subject.map(({ digest }) => digest['sha256']));
  const missing = artifacts.filter(({ digest }) => !attested.has(digest.replace(/^sha256:/, '')));
  if (artifacts.length === 0 || missing.length > 0) return refused('artifact-not-subject', `The provenance is not about ${missing.map(({ name, digest }) => `${name} (${digest})`).join(', ') || 'any artifact'}.`);
  return null;
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}
