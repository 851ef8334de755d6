import { approvalStories } from './approval-stories.ts';
import type { Story } from './story.ts';
import { testStories } from './test-stories.ts';

/** In the order of their rows. */
export const stories: readonly Story[] = [...approvalStories, ...testStories];
