const object = /^\/repos\/[^/]+\/[^/]+\/git\/(?:trees|blobs)\/(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const contents = /^\/repos\/[^/]+\/[^/]+\/contents\/./;
const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Whether the answer to this question can never change: it is named by the digest of what it holds. GitHub takes no branch
 * or tag whose name looks like a commit. Commits are not among them: their answers also carry GitHub's word on the
 * signature, and that changes when a key is added or revoked.
 */
export function isImmutable(baseUrl: string, url: URL): boolean {
  const base = new URL(baseUrl).pathname.replace(/\/+$/, '');
  if (!url.pathname.startsWith(`${base}/`)) return false;
  const path = url.pathname.slice(base.length);
  return object.test(path) || (contents.test(path) && commit.test(url.searchParams.get('ref') ?? ''));
}
