import { describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { policyText } from '../testing/example-documents.ts';
import { testIo } from '../testing/test-io.ts';

const check = async (text: string, ...more: readonly string[]) => {
  const io = testIo({ stdin: text });
  return { exitCode: await runProgram(['policy', 'check', '-', ...more], io), out: io.out() };
};

describe('policy check', () => {
  it('calls a good policy valid', async () => {
    expect(await check(policyText)).toEqual({ exitCode: 0, out: '✓ - is valid.\n' });
  });

  it('refuses a schedule where there is no window to choose from', async () => {
    const { exitCode, out } = await check(policyText.replace('  staging:\n', '  staging:\n    promote: scheduled\n'));
    expect([exitCode, out]).toEqual([2, expect.stringMatching(/^-:\d+:\d+: error: environments\.staging\.promote lets a release manager say which window, but staging has none/)]);
  });

  it('reports every problem at once, with the nearest spelling', async () => {
    const { exitCode, out } = await check(policyText.replace('merge:', 'mrege:').replace('window: saturday-morning', 'window: saturday-mourning'));
    expect([exitCode, out]).toEqual([2, expect.stringMatching(/mrege[\s\S]*saturday-mourning/)]);
    expect(out).toContain('"merge"');
    expect(out).toContain('saturday-morning');
  });

  it('gives the same as JSON', async () => {
    const { exitCode, out } = await check(policyText.replace('[saturday]', '[saturdy]'), '--json');
    const { valid, problems } = JSON.parse(out) as { readonly valid: boolean; readonly problems: readonly { readonly line: number }[] };
    expect([exitCode, valid, problems.map(({ line }) => line)]).toEqual([2, false, [21]]);
  });
});
