import { askAhead } from '../../src/ask-ahead.ts';

const ahead = await askAhead(process.env);
// Read while GitHub answers (ADR 0029).
const { keepGate } = await import('./keep-gate.ts');
await keepGate(ahead);
