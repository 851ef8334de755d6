import { describe, expect, it } from 'vitest';
import { parseKeeperKeys } from './keeper-keys.ts';

const pem = '-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----';

const given = (texts: { readonly appId?: string; readonly appKey?: string; readonly ledgerKey?: string } = {}) => {
  const { appId = '4711', appKey = pem, ledgerKey = pem } = texts;
  return parseKeeperKeys({ appId: { name: 'APP_ID', text: appId }, appKey: { name: 'APP_KEY', text: appKey }, ledgerKey: { name: 'LEDGER_KEY', text: ledgerKey } });
};

describe('parseKeeperKeys', () => {
  it.each([
    ['as the file has it', `${pem}\n`],
    ['on one line', pem.replaceAll('\n', '\\n')],
    ['with space around', `  ${pem}  `],
  ])('takes a key %s', (_name, appKey) => {
    expect(given({ appKey })).toEqual({ ok: true, keys: { appId: 4711, appKey: pem, ledgerKey: pem } });
  });

  it.each(['', '0', '-1', '4711x', '1e3', '9'.repeat(16)])('refuses the App number %j', (appId) => {
    expect(given({ appId })).toEqual({ ok: false, problems: ['APP_ID is not the number of a GitHub App'] });
  });

  it('names all that is wrong and repeats none of it', () => {
    const result = given({ appId: 'secret-1', appKey: 'secret-2', ledgerKey: '-----BEGIN PUBLIC KEY-----\nsecret-3\n-----END PUBLIC KEY-----' });
    expect(result).toEqual({ ok: false, problems: [expect.stringContaining('APP_ID'), expect.stringContaining('APP_KEY'), expect.stringContaining('LEDGER_KEY')] });
    expect(JSON.stringify(result)).not.toContain('secret-');
  });
});
