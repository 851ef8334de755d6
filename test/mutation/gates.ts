import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// Every test that speaks for the gates, as one file: each mutant then starts one worker and reads the packages once. The laws on
// generated facts are left out: they take seconds, and a rule that only they hold wants a case with a name. Kept texts go by the name
// of the file that asks, so Stryker's first run, of unchanged code, writes them again in its own copy, and each mutant is held to those.
const source = join(import.meta.dirname, '../../packages/gates/src');
const tests = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts') && !file.endsWith('merge-laws.test.ts')).sort();

for (const file of [...tests.map((name) => join(source, name)), join(import.meta.dirname, '../conformance/decisions.test.ts')]) await import(file);
