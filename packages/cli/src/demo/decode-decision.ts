import { decision } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import * as z from 'zod';

/** A decision's document back to a decision. Throws when it is not one. */
export const decodeDecision = (document: unknown): Decision => z.decode(decision, document as z.input<typeof decision>);
