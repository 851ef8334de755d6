/**
 * What is used of sigstore's libraries. This file is imported when provenance is verified and not before; the libraries are CommonJS,
 * whose names a bundler only keeps in imports that are written down, so they are named here and nowhere else.
 */
export { bundleFromJSON, ValidationError } from '@sigstore/bundle';
export { TrustedRoot } from '@sigstore/protobuf-specs';
export { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify';
