import { beforeAll, describe, expect, it } from 'vitest';
import { parseTrustRoot, readPublicGoodTrustRoot } from './parse-trust-root.ts';
import { createSigstore } from './sigstore.fixture.ts';

type RootJson = { readonly tlogs: readonly { readonly publicKey: object }[] };

let logged: RootJson;
let timestamped: RootJson;

beforeAll(async () => {
  const rootOf = async (shape: 'logged' | 'timestamped') => JSON.parse(Buffer.from((await createSigstore({ shape })).trustRoot).toString()) as RootJson;
  [logged, timestamped] = await Promise.all([rootOf('logged'), rootOf('timestamped')]);
});

const parse = (value: unknown) => parseTrustRoot(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('parseTrustRoot', () => {
  it('has the public-good root with this release, which asks for a log of signatures, a log of certificates and a time', async () => {
    const reading = await readPublicGoodTrustRoot();
    expect(reading).toMatchObject({ state: 'read', root: { digest: 'sha256:6494e21ea73fa7ee769f85f57d5a3e6a08725eae1e38c755fc3517c9e6bc0b66', thresholds: { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 } } });
    expect(reading.state === 'read' && reading.root.material.tlogs.map(({ baseURL }) => baseURL)).toEqual(['https://rekor.sigstore.dev', 'https://log2025-1.rekor.sigstore.dev']);
  });

  it('asks for no log where the root names none, but for a time', async () => {
    expect(await parse(timestamped)).toMatchObject({ state: 'read', root: { thresholds: { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 1 } } });
    expect(await parse(logged)).toMatchObject({ state: 'read', root: { thresholds: { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 } } });
  });

  it.each<[string, () => unknown, string]>([
    ['is no JSON', () => 'hello', 'not valid JSON'],
    ['is two documents, as `gh attestation trusted-root` writes them', () => `${JSON.stringify(logged)}\n${JSON.stringify(timestamped)}`, 'JSON'],
    ['is null', () => null, 'trusted_root.json'],
    ['is empty', () => ({}), 'mediaType'],
    ['is of a form that is not known', () => ({ ...logged, mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.9' }), 'version=0.9'],
    ['names no certificate authority', () => ({ ...logged, certificateAuthorities: [] }), 'no certificate authority'],
    ['names nobody who knows the time', () => ({ ...timestamped, timestampAuthorities: [] }), 'neither a transparency log nor a timestamp authority'],
    ['names no log of certificates beside a log of signatures', () => ({ ...logged, ctlogs: [] }), 'no log of certificates'],
    ['names a key that is none', () => ({ ...logged, tlogs: logged.tlogs.map((log) => ({ ...log, publicKey: { ...log.publicKey, rawBytes: 'AAAA' } })) }), 'can be used'],
  ])('cannot use a root that %s', async (_name, root, problem) => {
    expect(await parse(root())).toMatchObject({ state: 'unusable', problem: expect.stringContaining(problem) as string });
  });
});
