import { imageReference } from '@sallyport/gates';
import type { FileArtifact, ImageArtifact } from '@sallyport/gates';
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
  subject: z.array(z.object({ name: z.unknown().optional(), digest: z.record(z.string(), z.string()) })).min(1),
});

export type Attested = Pick<FileArtifact, 'name' | 'digest'> | ImageArtifact;

type Subject = z.infer<typeof statement>['subject'][number];

/**
 * Does a signed envelope state SLSA provenance (version 1) of every artifact, by its SHA-256 digest? Null: it does. A file is known by its
 * digest alone, since the bytes are here to be compared. Of an image nothing is here, so a subject has to have its name as well: a digest
 * that was signed for one repository says nothing of another.
 */
export function checkStatement(envelope: { readonly payloadType: string; readonly payload: Uint8Array }, artifacts: readonly Attested[]): Refused | null {
  if (envelope.payloadType !== payloadType) return refused('payload-type', `The signed payload is of type ${JSON.stringify(envelope.payloadType)}; expected is ${payloadType}.`);
  const read = statement.safeParse(parse(envelope.payload));
  if (!read.success) return refused('statement-malformed', 'The signed payload is not an in-toto statement with subjects.');
  const { _type: type, predicateType: predicate, subject } = read.data;
  if (type !== statementType) return refused('statement-type', `The statement is of type ${JSON.stringify(type)}; expected is ${statementType}.`);
  if (predicate !== predicateType) return refused('predicate-type', `The statement is a ${JSON.stringify(predicate)}; expected is ${predicateType}.`);
  const missing = artifacts.filter((artifact) => !subject.some((one) => isOf(one, artifact)));
  if (artifacts.length > 0 && missing.length === 0) return null;
  const renamed = missing.flatMap((artifact) => ('image' in artifact && subject.some((one) => hasDigest(one, artifact)) ? [artifact.image] : []));
  const hint = renamed.length === 0 ? '' : ` The digest is there under another name; the subject has to be called ${renamed.join(', ')}.`;
  return refused('artifact-not-subject', `The provenance is not about ${missing.map(shown).join(', ') || 'any artifact'}.${hint}`);
}

const hasDigest = (subject: Subject, { digest }: Attested): boolean => `sha256:${subject.digest['sha256'] ?? ''}` === digest;

const isOf = (subject: Subject, artifact: Attested): boolean => hasDigest(subject, artifact) && (!('image' in artifact) || subject.name === artifact.image);

const shown = (artifact: Attested): string => ('image' in artifact ? imageReference(artifact) : `${artifact.name} (${artifact.digest})`);

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}
