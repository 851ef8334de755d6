import type { CommitFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';

/**
 * The account whose signature a commit carries; null when it carries none that GitHub verifies as valid. GitHub checks a signature
 * against the committer's account, and signs itself for what people do on its pages; then the author is who did it.
 * Source: GitHub Docs, "About commit signature verification" (November 2026).
 */
export function signerOf(commit: CommitFact): Person | null {
  const { signature, committedByGitHub, author, committer } = commit;
  if (!('known' in signature) || !signature.known.verified || signature.known.reason !== 'valid') return null;
  const signer = committedByGitHub ? author : committer;
  return 'known' in signer ? signer.known : null;
}
