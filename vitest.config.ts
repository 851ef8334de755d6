import { defineConfig } from 'vitest/config';

// Workspace packages are resolved to their sources, so that tests need no build of them.
const conditions = ['@sallyport/source', 'module', 'node', 'import', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['node', 'import', 'default'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'packages/actions/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // By default one core is left free, which on two cores is half of them.
    maxWorkers: '100%',
  },
});
