import * as z from 'zod';
import { instant } from './instant.ts';
import { digest, sha } from './shared.ts';

/** Every reason for which a build's provenance is refused: a closed list. docs/provenance.md says what each means. */
export const provenanceRefusals = [
  // the file
  'bundle-too-large',
  'bundle-not-json',
  'bundle-too-deep',
  'bundle-malformed',
  'bundle-gone',
  'bundle-replaced',
  // who vouches for it, and when
  'certificate-missing',
  'certificate-untrusted',
  'certificate-outside-signing-time',
  'log-entry-missing',
  'log-proof-missing',
  'log-entry-invalid',
  'timestamp-missing',
  'timestamp-invalid',
  'signature-invalid',
  // what it states
  'payload-type',
  'statement-malformed',
  'statement-type',
  'predicate-type',
  'artifact-not-subject',
  // who signed it
  'identity-incomplete',
  'other-issuer',
  'other-repository',
  'other-ref',
  'other-workflow',
  'other-commit',
] as const;

export type ProvenanceRefusal = (typeof provenanceRefusals)[number];

/** What was found when the signature over a build's artifacts was checked, offline, against a pinned trust root. */
export const provenance = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('missing'), build: digest }).readonly(),
  z.strictObject({ state: z.literal('refused'), build: digest, code: z.enum(provenanceRefusals), problem: z.string().min(1) }).readonly(),
  z
    .strictObject({
      state: z.literal('verified'),
      build: digest,
      bundle: digest.describe('Of the bytes of the signature bundle that was checked.'),
      signer: z.string().min(1).describe('The workflow that signed it and its ref, as the certificate names them.'),
      repository: z.int().positive().describe('Numeric id of the repository, as the certificate names it.'),
      commit: sha.describe('What it was built from, as the certificate names it.'),
      run: z.string().min(1).nullable().describe('Address of the run that signed it; null when the certificate names none.'),
      signedAt: instant.describe('The earliest time that a log or a timestamp authority vouches for.'),
      trustRoot: digest.describe('Of the trust root that it was checked against.'),
    })
    .readonly(),
]);

export type ProvenanceFact = z.infer<typeof provenance>;
