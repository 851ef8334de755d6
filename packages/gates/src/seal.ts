import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { Digest } from './facts/shared.ts';

/** A value together with its document form and that form's digest, so that a decision can name exactly what it was made from. */
export type Sealed<T> = { readonly value: T; readonly document: unknown; readonly digest: Digest };

/** SHA-256 over the RFC 8785 canonical JSON of a document. Throws TypeError for what JSON cannot hold. */
export function digestOf(document: unknown): Digest {
  const text = canonicalize(document);
  if (text === undefined) throw new TypeError('a document that JSON cannot hold has no digest');
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Encodes `value` with its schema (instants become ISO 8601) and digests the result. */
export function seal<S extends z.ZodType>(schema: S, value: z.output<S>): Sealed<z.output<S>> {
  const document: unknown = z.encode(schema, value);
  return { value, document, digest: digestOf(document) };
}

/** For values that are their own document (the policy). */
export function sealPlain<T>(value: T): Sealed<T> {
  return { value, document: value, digest: digestOf(value) };
}
