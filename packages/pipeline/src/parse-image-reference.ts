import { imageArtifact, imageName } from '@sallyport/gates';
import type { ImageArtifact } from '@sallyport/gates';

export type ImageReading = { readonly state: 'read'; readonly image: ImageArtifact } | { readonly state: 'refused'; readonly problem: string };

/** A name has at most 255 characters and a digest 71. */
const longest = 255 + 1 + 71;
/** What may be repeated in a message: nothing else can hold a user name and a password. */
const isHarmless = (text: string): boolean => /^[A-Za-z0-9._:/-]+$/.test(text.replace('@sha256:', ''));

/**
 * Reads `ghcr.io/acme/shop@sha256:<64 hex digits>`: the name of an image with its registry's host, and a digest. A tag is refused, also beside
 * a digest, because it can be moved to other bytes. `place` says which one it is, such as `Image 2`. Never throws.
 */
export function parseImageReference(text: string, place: string): ImageReading {
  const [name = '', digest, ...rest] = text.split('@');
  const parsed = text.length > longest || rest.length > 0 ? null : imageArtifact.safeParse({ image: name, digest });
  if (parsed?.success === true) return { state: 'read', image: parsed.data };
  const shown = text.length <= longest && isHarmless(text) ? `${place}, "${text}",` : place;
  return { state: 'refused', problem: `${shown} ${whatIsWrong(text, name, digest)}` };
}

const form = 'Write it as ghcr.io/acme/shop@sha256:<64 hex digits>';
const whereFrom = 'the output `digest` of docker/build-push-action, or what `docker buildx imagetools inspect` prints as Digest';

function whatIsWrong(text: string, name: string, digest: string | undefined): string {
  if (text.length > longest) return `has ${text.length} characters; at most ${longest} are read. ${form}.`;
  if (!isHarmless(text)) return `is no name of an image with a digest. ${form}, without a scheme, and without a user name or password.`;
  if (digest === undefined) return `has no digest, and what a tag names can change. ${form}: the digest is ${whereFrom}.`;
  const untagged = name.replace(/:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, '');
  if (!imageName.safeParse(name).success && imageName.safeParse(untagged).success) return `has a tag beside its digest, and the tag says nothing that is checked. Write it as ${untagged}@${digest}.`;
  if (name !== name.toLowerCase()) return 'has upper-case letters, which no registry takes. Write it in lower case, as it is pulled.';
  if (!imageName.safeParse(name).success) return `has no name with the registry's host. ${form}; an image on Docker Hub begins with docker.io/.`;
  return `has no SHA-256 digest. ${form}: the digest is ${whereFrom}.`;
}
