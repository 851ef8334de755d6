import { entryStories } from './entry-stories.ts';
import { policyStories } from './policy-stories.ts';
import { proofStories } from './proof-stories.ts';
import { recordStories } from './record-stories.ts';
import type { PartStory } from './story.ts';
import { writerStories } from './writer-stories.ts';

export const partStories: readonly PartStory[] = [...policyStories, ...recordStories, ...writerStories, ...proofStories, ...entryStories];
