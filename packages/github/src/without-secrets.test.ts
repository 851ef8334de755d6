import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

const token = (prefix: string, length: number): string => `${prefix}${'a1B2'.repeat(Math.ceil(length / 4)).slice(0, length)}`;

describe('what people write, before it is recorded (L08)', () => {
  it.each([
    ['an e-mail address', 'ask ana.b+c@mail.example.org about it', 'ask [address left out] about it'],
    ['two of them', 'a@x.io,b@y.io', '[address left out],[address left out]'],
    ["GitHub's tokens", `leaked ${token('ghp_', 36)}!`, 'leaked [secret left out]!'],
    ['a fine-grained token', token('github_pat_', 82), '[secret left out]'],
    ['an AWS key id', `key AKIA${'A1B2'.repeat(4)} is out`, 'key [secret left out] is out'],
    ['a Slack token', token('xoxb-', 40), '[secret left out]'],
    ['a JSON web token', `${token('eyJ', 20)}.${token('', 30)}.${token('', 30)}`, '[secret left out]'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY----- MIIE -----END RSA PRIVATE KEY----- sorry', '[secret left out] sorry'],
    ['a private key without its end', 'x -----BEGIN PRIVATE KEY----- MIIE', 'x [secret left out]'],
  ])('loses %s', (_name, text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });

  it.each(['@ana fixed it', 'GHSA-9f4x-2v7m-5c3p', 'acme/shop@main', 'sha256:b1b1b1b1b1b1', 'a @ b', 'ghp_ is a prefix', 'AKIA', ''])('leaves %j as it is', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it('reads no text twice: what was left out stays left out', () => {
    const text = `a@x.io ${token('ghp_', 36)}`;
    expect(withoutSecrets(withoutSecrets(text))).toBe(withoutSecrets(text));
  });
});
