import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vitest/config';
import own from '../../vitest.config.ts';

const suite = process.env['SALLYPORT_MUTATED'];
const packages = join(import.meta.dirname, '../../packages');

// Stryker changes a copy of the repository, whose node_modules lead back to the original: without these, tests that import a package by
// its name would look at code that nobody changed. `scripts/mutation.mjs` says which suite to run.
export default defineConfig({
  ...own,
  resolve: {
    ...own.resolve,
    alias: [
      ...(suite === 'gates' ? [] : [{ find: '@sallyport/policy', replacement: join(import.meta.dirname, 'policy-words.ts') }]),
      { find: /^@sallyport\/(\w+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: '@sallyport/gates/testing', replacement: join(packages, 'gates/src/testing/index.ts') },
    ],
  },
  test: { ...own.test, include: [`test/mutation/${suite}.ts`], pool: 'threads' },
});
