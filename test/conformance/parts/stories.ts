import type { Suite } from '../scenario.ts';
import { boundStories } from './bound-stories.ts';
import { commandStories } from './command-stories.ts';
import { entryStories } from './entry-stories.ts';
import { formStories } from './form-stories.ts';
import { policyStories } from './policy-stories.ts';
import { proofStories } from './proof-stories.ts';
import { recordStories } from './record-stories.ts';
import { secretStories } from './secret-stories.ts';
import { showStories } from './show-stories.ts';
import type { PartStory } from './story.ts';
import { workflowStories } from './workflow-stories.ts';
import { writerStories } from './writer-stories.ts';

/** Every attack on a part. `root`: the folder of the repository. */
export const partStories = (suite: Suite, root: string): readonly PartStory[] => [...policyStories, ...recordStories, ...writerStories, ...proofStories, ...entryStories, ...showStories(suite), ...boundStories(suite), ...commandStories(suite), ...formStories(suite), ...workflowStories(root), ...secretStories];
