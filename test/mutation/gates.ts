import { join } from 'node:path';
import { importTests } from './import-tests.ts';

// The laws on generated facts are left out: they take seconds, and a rule that only they hold wants a case with a name. Kept texts go by
// the name of the file that asks, so Stryker's first run, of unchanged code, writes them again in its own copy, and each mutant is held to those.
await importTests('packages/gates/src', (file) => file.endsWith('merge-laws.test.ts'));
await import(join(import.meta.dirname, '../conformance/decisions.test.ts'));
