import { createHash } from 'node:crypto';

/**
 * The UID of an event: the same for the same repository and key at every export, and telling nothing of either
 * (RFC 7986 §5.3). Half of a SHA-256 in hex.
 */
export function eventUid(repository: string, key: string): string {
  const digest = createHash('sha256').update(JSON.stringify([repository, key])).digest('hex');
  return `${digest.slice(0, 32)}@sallyport`;
}
