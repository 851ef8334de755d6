import * as z from 'zod';
import { digest } from './digest.ts';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const port = ':[1-9][0-9]{0,4}';
const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';

/**
 * The name of an image: the registry's host, then its repository there, such as `ghcr.io/acme/shop`; no tag, no digest, no user.
 * The repository is `<name>` of the OCI Distribution Specification 1.1
 * (https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests), which also gives the 255 characters.
 * The host is `domain` of https://github.com/distribution/reference/blob/v0.6.0/reference.go in lower case and without IPv6; it has a dot
 * or a port, because without either, clients take it for a part of the repository on Docker Hub.
 */
export const imageName = z
  .string()
  .max(255)
  .regex(new RegExp(`^(?:${label}(?:\\.${label})+(?:${port})?|${label}${port})(?:/${part})+$`));

/** A file that is kept with the build. */
export const fileArtifact = z.strictObject({ name: z.string().min(1), digest, sizeBytes: z.int().nonnegative() }).readonly();
/** An image in a registry; `digest` is of its manifest, or of the index of its manifests. Its size is not known. */
export const imageArtifact = z.strictObject({ image: imageName, digest }).readonly();
export const artifact = z.union([fileArtifact, imageArtifact]);

export type FileArtifact = z.infer<typeof fileArtifact>;
export type ImageArtifact = z.infer<typeof imageArtifact>;
export type Artifact = FileArtifact | ImageArtifact;

/** `ghcr.io/acme/shop@sha256:…`: what an image is pulled by, and no other bytes. */
export const imageReference = ({ image, digest: of }: ImageArtifact): string => `${image}@${of}`;

/** An artifact on one line: `shop.tar.gz sha256:…`, or `ghcr.io/acme/shop@sha256:…`. */
export const artifactText = (one: Artifact): string => ('image' in one ? imageReference(one) : `${one.name} ${one.digest}`);
