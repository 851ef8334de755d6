import type { TrustMaterial } from '@sigstore/verify';
import { publicGoodTrustRoot } from '../generated/public-good-trust-root.ts';
import { once } from '../once.ts';
import { sha256 } from '../sha256.ts';

/**
 * Whom to believe, and how much of it. What has to be there follows from the root, never from the bundle, which anyone can write:
 * - A root with transparency logs (public-good sigstore): one log entry, one proof that the certificate was logged, one time.
 * - A root without (GitHub's own, for private repositories): no log, one signed timestamp.
 */
export type TrustRoot = {
  readonly material: TrustMaterial;
  readonly thresholds: { readonly tlogThreshold: number; readonly ctlogThreshold: number; readonly timestampThreshold: number };
  /** Of the bytes it was read from. */
  readonly digest: string;
};

export type TrustRootReading = { readonly state: 'read'; readonly root: TrustRoot } | { readonly state: 'unusable'; readonly problem: string };

/** The trust root of the public-good sigstore instance as of this release of Sallyport. */
export const readPublicGoodTrustRoot = once(() => parseTrustRoot(new TextEncoder().encode(publicGoodTrustRoot)));

/** Reads a sigstore `trusted_root.json` (https://github.com/sigstore/protobuf-specs, sigstore_trustroot.proto): one JSON document. */
export async function parseTrustRoot(bytes: Uint8Array): Promise<TrustRootReading> {
  const { toTrustMaterial, TrustedRoot } = await import('./sigstore-library.ts');
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const trusted = TrustedRoot.fromJSON(value);
    if (!/^application\/vnd\.dev\.sigstore\.trustedroot(\+json;version=0\.[12]|\.v0\.[12]\+json)$/.test(trusted.mediaType)) return unusable(`its mediaType is ${JSON.stringify(trusted.mediaType)}`);
    const material = toTrustMaterial(trusted);
    const problem = problemOf(material);
    if (problem !== null) return unusable(problem);
    const logged = material.tlogs.length > 0;
    return {
      state: 'read',
      root: { material, thresholds: { tlogThreshold: logged ? 1 : 0, ctlogThreshold: logged ? 1 : 0, timestampThreshold: 1 }, digest: sha256(bytes) },
    };
  } catch (error) {
    return unusable(error instanceof Error ? error.message : 'it cannot be read');
  }
}

function problemOf({ certificateAuthorities, timestampAuthorities, tlogs, ctlogs }: TrustMaterial): string | null {
  if (certificateAuthorities.length === 0) return 'it names no certificate authority';
  if (tlogs.length === 0 && timestampAuthorities.length === 0) return 'it names neither a transparency log nor a timestamp authority, so nothing could vouch for a time';
  if (tlogs.length > 0 && ctlogs.length === 0) return 'it names a transparency log and no log of certificates';
  return null;
}

const unusable = (why: string): TrustRootReading => ({ state: 'unusable', problem: `The trust root is not a sigstore trusted_root.json that can be used: ${why}.` });
