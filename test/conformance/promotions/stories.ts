import { forgeryStories } from './forgery-stories.ts';
import { gatekeeperStories } from './gatekeeper-stories.ts';
import { permissionStories } from './permission-stories.ts';
import { policyStories } from './policy-stories.ts';
import type { PromotionStory } from './story.ts';

/** The attacks on promotions, in the order in which they are carried out on one scene. `root`: the folder of the repository. */
export const promotionStories = (root: string): readonly PromotionStory[] => [...gatekeeperStories, ...forgeryStories, ...policyStories, ...permissionStories(root)];
