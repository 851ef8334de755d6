export { testContext, testEntry, testKeyPem, testLedgerOf, testOrigin } from './ledger-builder.ts';
export { createMemoryStore } from './memory-store.ts';
export type { MemoryStore } from './memory-store.ts';
