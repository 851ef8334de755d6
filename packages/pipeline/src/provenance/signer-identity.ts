import type { Signer } from '@sigstore/verify';
import { refused } from './refused.ts';
import type { Refused } from './refused.ts';

/** Whose signature it has to be. */
export type ExpectedSigner = {
  readonly repository: { readonly owner: string; readonly name: string; readonly id: number };
  readonly branch: string;
  /** Path of the build workflow, e.g. `.github/workflows/build.yml`. */
  readonly workflow: string;
  readonly commit: string;
};

export type SignerIdentity = { readonly state: 'expected'; readonly signer: string; readonly run: string | null };

/** What Fulcio writes into a certificate for a GitHub Actions token: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
const fields = { issuer: 8, signer: 9, repository: 12, commit: 13, ref: 14, repositoryId: 15, workflow: 18, run: 21 } as const;
const issuer = 'https://token.actions.githubusercontent.com';
const server = 'https://github.com';

/**
 * Is the certificate for exactly this workflow at this commit of this repository? Every value is compared whole. The workflow that
 * was started and the one that holds the signing step both have to be the build workflow: a step inside another's reusable workflow
 * would be that one's word.
 */
export function checkSigner({ identity }: Signer, expected: ExpectedSigner): SignerIdentity | Refused {
  const values = new Map<number, string | null>();
  for (const { oid, value } of identity?.oids ?? []) {
    const id = oid?.id ?? [];
    const field = id.at(-1);
    if (field === undefined || id.slice(0, -1).join('.') !== '1.3.6.1.4.1.57264.1') continue;
    // Said twice is not said.
    values.set(field, values.has(field) ? null : utf8String(value));
  }
  const of = (field: keyof typeof fields): string | null => values.get(fields[field]) ?? null;
  const workflow = `${server}/${expected.repository.owner}/${expected.repository.name}/${expected.workflow}@refs/heads/${expected.branch}`;
  const name = identity?.subjectAlternativeName ?? null;

  const checks = [
    ['other-issuer', 'The identity comes from', of('issuer'), issuer],
    ['other-repository', 'It was signed in', of('repository'), `${server}/${expected.repository.owner}/${expected.repository.name}`],
    ['other-repository', 'It was signed in the repository with id', of('repositoryId'), String(expected.repository.id)],
    ['other-ref', 'It was signed on', of('ref'), `refs/heads/${expected.branch}`],
    ['other-workflow', 'The run was of', of('workflow'), workflow],
    ['other-workflow', 'The signing step stands in', of('signer'), workflow],
    ['other-workflow', 'The certificate is for', name, workflow],
    ['other-commit', 'It was signed at commit', of('commit'), expected.commit],
  ] as const;
  for (const [, what, found, wanted] of checks) if (found === null) return refused('identity-incomplete', `The certificate does not say, once and in the form that Fulcio uses, what is expected here: ${what} ${wanted}.`);
  for (const [code, what, found, wanted] of checks) if (found !== wanted) return refused(code, `${what} ${found ?? ''}; expected is ${wanted}.`);
  return { state: 'expected', signer: workflow, run: of('run') };
}

/** A DER UTF8String that fills `der` exactly (X.690 8.23), else null. The older extensions, 1 to 6, are bare text and not read. */
function utf8String(der: Uint8Array): string | null {
  const [tag, first = 0, second = 0, third = 0] = der;
  if (tag !== 0x0c) return null;
  const [length, start] = first < 0x80 ? [first, 2] : first === 0x81 ? [second, 3] : first === 0x82 ? [second * 256 + third, 4] : [-1, 0];
  if (length < 0 || der.byteLength !== start + length) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(der.subarray(start));
  } catch {
    return null;
  }
}
