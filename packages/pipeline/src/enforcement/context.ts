import type { Policy } from '@sallyport/policy';
import type { Enforcement } from './enforcement.ts';

/** What is there, and what it has to be held to. */
export type Context = { readonly enforcement: Enforcement; readonly policy: Policy };
