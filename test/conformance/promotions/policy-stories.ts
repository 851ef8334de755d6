import { tamper } from '../../acceptance/tamper.ts';
import { seenIn } from '../parts/story.ts';
import type { PromotionStory } from './story.ts';

const path = '.github/sallyport.yml';
const narrow = (text: string): string => text.replace('promote: automatic', 'promote: automatic\n    window: saturday-morning');
const wide = (text: string): string => text.replace('    window: saturday-morning\n', '    window: anytime\n');

/** W07 on a simulated GitHub, on a Wednesday. */
export const policyStories: readonly PromotionStory[] = [
  {
    id: 'W07.4',
    name: 'The window is widened on a branch, and a build waits to be promoted.',
    says: 'window-closed',
    play: async (attacked, scene) => {
      const undo = tamper(scene, 'main', path, narrow);
      scene.git(['update-ref', 'refs/heads/widened', 'refs/heads/main']);
      try {
        // In the twin the same words stand on main, where they count.
        tamper(scene, attacked ? 'widened' : 'main', path, wide);
        const build = await scene.register();
        await scene.settle();
        const made = (await scene.readRecord()).state.decisions.at(-1);
        const rules = (made?.decision['rules'] ?? []) as readonly { readonly outcome: string; readonly reason: string }[];
        return seenIn((await scene.promotionsOf(build)).length === 1 ? [] : rules.filter(({ outcome }) => outcome !== 'allow').map(({ reason }) => reason));
      } finally {
        scene.git(['update-ref', '-d', 'refs/heads/widened']);
        undo();
        await scene.settle();
      }
    },
  },
];
