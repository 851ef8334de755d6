import type { BypassActor } from './enforcement.ts';
import { describeActor } from './who-may.ts';

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const describeActors = (actors: readonly BypassActor[]): string => actors.map(describeActor).join(', ');

/** The way out of most weaknesses. */
export const setUp = 'Run `sallyport setup plan`, and `apply` it.';

export const takeOut = 'Take them out of the ruleset’s bypass list.';
