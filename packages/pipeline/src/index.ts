export { OutsideError } from './outside-error.ts';
export type { OutsideErrorCode } from './outside-error.ts';
export type * from './ports.ts';
