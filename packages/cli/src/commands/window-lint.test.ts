import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const troubled = `${policyText
  .replace('rollback: window\n  production', 'rollback: window\n    window: nights\n  production')
  .replace('    days: [saturday]', '    days: [saturday]\n    except: [2026-11-28]\n    also:\n      - { days: [saturday], from: "08:00", to: "09:00" }')
  .replace('overrides:', '  nights: { zone: America/Asuncion, days: [sunday], from: "01:00", to: "04:00" }\n  forgotten: { from: "02:30" }\noverrides:')}freezes:
  - { name: over, zone: America/Los_Angeles, from: 2026-11-01T00:00, to: 2026-11-08T00:00, owner: "@rita", reason: audit }
  - { name: long, zone: America/Los_Angeles, from: 2026-12-19T00:00, to: 2027-02-01T00:00, owner: "@rita", reason: peak season }
`;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({ 'good.yml': policyText, 'troubled.yml': troubled, 'bad.yml': 'version: 2\n' });
});
afterAll(() => folder.remove());

const lint = (file: string, argv: readonly string[] = [], changes: Partial<Io> = {}) => runCommand(['window', 'lint', '--policy', file, ...argv], { cwd: folder.path, ...changes });

describe('window lint', () => {
  it('finds nothing in a good policy', async () => {
    const { exitCode, out, err } = await lint('good.yml', ['--strict']);
    expect([exitCode, out, err]).toEqual([0, '✓ good.yml, windows and freezes from Wed 2 Dec 2026 10:00 PST (18:00 UTC) to Wed 29 Nov 2028 10:00 PST (18:00 UTC): nothing found.\nzone data: 2026b\n', '']);
  });

  it('shows every finding with its place', async () => {
    const { exitCode, out } = await lint('troubled.yml');
    expect(exitCode).toBe(0);
    expect(out).toMatchSnapshot();
  });

  it('places findings where they stand in the file', async () => {
    const { findings } = JSON.parse((await lint('troubled.yml', ['--json'])).out) as { readonly findings: readonly { readonly code: string; readonly path: readonly (string | number)[]; readonly line: number; readonly column: number }[] };
    const lines = troubled.split('\n');
    const at = (code: string): string => findings.filter((one) => one.code === code).map(({ line, column }) => lines[line - 1]?.slice(column - 1))[0] ?? 'not found';
    expect(at('past-exception')).toMatch(/^2026-11-28\]/);
    expect(at('adds-nothing')).toMatch(/^\{ days: \[saturday\], from: "08:00"/);
    expect(at('unused-window')).toMatch(/^forgotten:/);
    expect(at('freeze-over')).toMatch(/^\{ name: over/);
    expect(at('zone-rules-changed')).toMatch(/^America\/Asuncion/);
  });

  it('ends with 1 when it is strict and there is a warning, which a note is not', async () => {
    expect((await lint('troubled.yml', ['--strict'])).exitCode).toBe(1);
    const noteOnly = (await lint('troubled.yml', ['--strict', '--environment', 'staging', '--max-gap', '90', '--json'], { tzdata: '2026b' })).out;
    expect((JSON.parse(noteOnly) as { findings: readonly { severity: string; code: string }[] }).findings.filter(({ code }) => code === 'zone-rules-changed')).toMatchObject([{ severity: 'note' }]);
  });

  it('looks only at the window of the environment that is named, and as far as it is told', async () => {
    const codes = async (...argv: readonly string[]) => (JSON.parse((await lint('troubled.yml', [...argv, '--json'])).out) as { findings: readonly { code: string }[] }).findings.map(({ code }) => code);
    expect(await codes('--environment', 'production')).toEqual(['long-gap', 'past-exception', 'adds-nothing', 'freeze-over']);
    expect(await codes('--environment', 'production', '--weeks', '4')).not.toContain('long-gap');
    expect(await codes('--environment', 'production', '--max-gap', '60')).not.toContain('long-gap');
    expect(await codes('--environment', 'production', '--at', '2026-11-05T00:00:00Z')).not.toContain('freeze-over');
  });

  it.each([
    [['--environment', 'prod'], 'no environment "prod"'],
    [['--weeks', '0'], 'from 1 to 530'],
    [['--max-gap', 'long'], 'from 1 to 3650'],
    [['--at', 'someday'], 'is not an instant'],
  ])('refuses %j', async (argv, text) => {
    expect(await lint('good.yml', argv)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(text) as string });
  });

  it('looks at no policy that is not valid', async () => {
    expect(await lint('bad.yml')).toMatchObject({ exitCode: 2, err: expect.stringContaining('is not valid') as string });
  });
});
