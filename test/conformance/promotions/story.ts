import type { PartStory, Seen } from '../parts/story.ts';
import type { PromotionScene } from './scene.ts';

/** An attack on a promotion, carried out on a scene that the stories before it have left in good order, as it leaves it to those after. */
export type PromotionStory = Omit<PartStory, 'play'> & { readonly play: (attacked: boolean, scene: PromotionScene) => Seen | Promise<Seen> };

export const onScene = (scene: PromotionScene, { play, ...story }: PromotionStory): PartStory => ({ ...story, play: (attacked) => play(attacked, scene) });
