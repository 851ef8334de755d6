import { askAhead } from '../../src/ask-ahead.ts';

const ahead = await askAhead(process.env);
// Read while GitHub answers (ADR 0029).
const { judgeChanges } = await import('./judge-changes.ts');
await judgeChanges(ahead);
