import type { GitPerson, RefEntry } from '../../git/objects.ts';
import type { Repository } from '../../world/world.ts';
import { gitUser } from './commit.ts';
import { repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';

const objectUrl = (url: string, repository: Repository, type: string, sha: string): string => `${repositoryUrl(url, repository)}/git/${type}s/${sha}`;

export function presentRef(url: string, repository: Repository, entry: RefEntry): Schemas['git-ref'] {
  return {
    ref: entry.ref,
    node_id: nodeId('Ref', entry.ref),
    url: `${repositoryUrl(url, repository)}/git/${entry.ref}`,
    object: { type: entry.type, sha: entry.sha, url: objectUrl(url, repository, entry.type, entry.sha) },
  };
}

export type TagObject = { readonly sha: string; readonly tag: string; readonly message: string; readonly tagger: GitPerson; readonly object: { readonly sha: string; readonly type: string } };

export function presentTag(url: string, repository: Repository, tag: TagObject): Schemas['git-tag'] {
  return {
    node_id: nodeId('Tag', tag.sha),
    tag: tag.tag,
    sha: tag.sha,
    url: objectUrl(url, repository, 'tag', tag.sha),
    message: tag.message,
    tagger: gitUser(tag.tagger),
    object: { ...tag.object, url: objectUrl(url, repository, tag.object.type, tag.object.sha) },
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}

export type TreeEntry = { readonly path: string; readonly mode: string; readonly type: string; readonly sha: string; readonly sizeBytes: number | null };

export function presentTree(url: string, repository: Repository, sha: string, entries: readonly TreeEntry[]): Schemas['git-tree'] {
  return {
    sha,
    url: objectUrl(url, repository, 'tree', sha),
    truncated: false,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.sizeBytes === null ? {} : { size: entry.sizeBytes }),
      ...(entry.type === 'commit' ? {} : { url: objectUrl(url, repository, entry.type, entry.sha) }),
    })),
  };
}

export function presentBlob(url: string, repository: Repository, sha: string, bytes: Uint8Array): Schemas['blob'] {
  return { sha, node_id: nodeId('Blob', sha), size: bytes.length, url: objectUrl(url, repository, 'blob', sha), content: wrapped(bytes), encoding: 'base64' };
}

/** Base64 in lines of 60, each ended, as GitHub sends it. */
export function wrapped(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString('base64').match(/.{1,60}/g) ?? []).map((line) => `${line}\n`).join('');
}
