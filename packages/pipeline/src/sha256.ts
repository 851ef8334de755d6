import { createHash } from 'node:crypto';
import type { Digest } from '@sallyport/gates';

/** `sha256:` and the hex digits. */
export const sha256 = (bytes: Uint8Array): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
