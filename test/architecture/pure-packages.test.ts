import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: root });

/** Lints `text` as if an existing file of the package held it. */
async function lint(path: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'parse error');
}

describe('the purity rules', () => {
  it.each([
    ['the clock', 'packages/gates/src/gate.ts', 'export const planted = (): number => Date.now();\n', 'no-restricted-syntax'],
    ["today's date", 'packages/calendar/src/calendar.ts', 'export const planted = (): Date => new Date();\n', 'no-restricted-syntax'],
    ['randomness', 'packages/ledger/src/ledger.ts', 'export const planted = (): number => Math.random();\n', 'no-restricted-syntax'],
    ['the environment', 'packages/policy/src/policy.ts', "export const planted = (): string | undefined => process.env['TZ'];\n", 'no-restricted-globals'],
    ['the network', 'packages/gates/src/gate.ts', "export const planted = (): Promise<Response> => fetch('http://127.0.0.1');\n", 'no-restricted-globals'],
  ])('keep %s out of a pure package', async (_name, path, text, rule) => {
    expect(await lint(path, text)).toContain(rule);
  });

  it('let a pure package compute with dates it is given', async () => {
    expect(await lint('packages/gates/src/gate.ts', 'export const planted = (at: number): string => new Date(at).toISOString();\n')).toEqual([]);
  });
});
