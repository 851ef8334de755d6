import { approvalStories } from './approval-stories.ts';
import { contentStories } from './content-stories.ts';
import { opinionStories } from './opinion-stories.ts';
import { peopleStories } from './people-stories.ts';
import { queueStories } from './queue-stories.ts';
import type { Story } from './story.ts';
import { testStories } from './test-stories.ts';

export const stories: readonly Story[] = [...peopleStories, ...approvalStories, ...opinionStories, ...testStories, ...contentStories, ...queueStories];
