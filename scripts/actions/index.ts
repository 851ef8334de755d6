export { readActions } from './action-file.ts';
export { withActionTables } from './action-tables.ts';
