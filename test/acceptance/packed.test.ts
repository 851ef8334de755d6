import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFacts, seal } from '@sallyport/gates';
import { mergeFactsOf } from '@sallyport/gates/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../packages/cli');
const policy = ['version: 1', 'merge:', '  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]', 'build: { provenance: none }'].join('\n');

describe('the package, packed and installed into an empty folder', () => {
  let folder = '';
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [join(folder, 'node_modules/.bin/sallyport'), ...args], { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder } });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-packed-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: cli });
    writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }');
    const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    execFileSync('npm', ['install', '--silent', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder });
    mkdirSync(join(folder, '.github'));
    writeFileSync(join(folder, '.github/sallyport.yml'), policy);
    writeFileSync(join(folder, 'facts.json'), JSON.stringify(seal(mergeFacts, mergeFactsOf()).document));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('needs nothing else from a registry', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['sallyport']);
  });

  it('prints its help', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('gate') as string });
  });

  it('checks a policy', () => {
    expect(run('policy', 'check')).toMatchObject({ status: 0 });
  });

  it('decides on facts from a file', () => {
    const { status, stdout } = run('gate', 'merge', '--facts', 'facts.json', '--at', '2026-12-02T18:00:00Z', '--json');
    expect((JSON.parse(stdout) as { gate: string }).gate).toBe('merge');
    expect([0, 1, 3, 4]).toContain(status);
  });
});
