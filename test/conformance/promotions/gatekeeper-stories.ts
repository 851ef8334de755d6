import type { Outside } from '@sallyport/pipeline';
import { refused, seenIn } from '../parts/story.ts';
import type { Seen } from '../parts/story.ts';
import { dieAtTag, meetingAtLedger } from './crash.ts';
import type { PromotionScene } from './scene.ts';
import type { PromotionStory } from './story.ts';

/** One intent, one tag, one deploy and one end that succeeded: anything else is a problem. */
async function promotedOnce(scene: PromotionScene, build: string): Promise<Seen> {
  const promotions = await scene.promotionsOf(build);
  const tags = scene.tags('staging').filter(({ message }) => message.includes(build));
  const runs = scene.repository.runs.filter(({ ref }) => tags.some(({ name }) => ref === `refs/tags/${name}`));
  return seenIn([
    ...(promotions.length === 1 ? [] : [`${promotions.length} intents`]),
    ...(tags.length === 1 ? [] : [`${tags.length} tags`]),
    ...(runs.length === 1 ? [] : [`${runs.length} deploys`]),
    ...promotions.filter(({ end }) => end?.outcome !== 'succeeded').map(({ tag, end }) => `${tag} is ${end?.outcome ?? 'under way'}`),
  ]);
}

/** What there is of the build when the gatekeeper is gone: `intents` and `tags`. */
async function mustHave(scene: PromotionScene, build: string, wanted: string): Promise<void> {
  const promotions = await scene.promotionsOf(build);
  const tags = scene.tags('staging').filter(({ name }) => promotions.some(({ tag }) => tag === name));
  const has = `${promotions.length} intent, ${tags.length} tag`;
  if (has !== wanted) throw new Error(`When it died there was ${has}, not ${wanted}.`);
}

const dies = (id: string, name: string, moment: 'before' | 'after'): PromotionStory => ({
  id,
  name,
  says: null,
  play: async (attacked, scene) => {
    const build = await scene.register();
    if (attacked) {
      await dieAtTag(scene, moment);
      await mustHave(scene, build, moment === 'before' ? '1 intent, 0 tag' : '1 intent, 1 tag');
    }
    await scene.simulator.idle();
    await scene.settle();
    return promotedOnce(scene, build);
  },
});

export const gatekeeperStories: readonly PromotionStory[] = [
  {
    id: 'P06.1',
    name: 'Two gatekeepers come to the ledger with the same promotion at once.',
    says: null,
    play: async (attacked, scene) => {
      const build = await scene.register();
      const meeting = meetingAtLedger(2);
      if (attacked) await Promise.all([scene.sweep(meeting.through), scene.sweep(meeting.through)]);
      if (attacked && meeting.conflicts() === 0) throw new Error('The gatekeepers never met.');
      await scene.simulator.idle();
      await scene.settle();
      return promotedOnce(scene, build);
    },
  },
  {
    id: 'L02.4',
    name: 'The branch of the ledger is put back to an earlier state, which is intact in itself.',
    says: 'The checkpoint is that of promote/staging/',
    play: async (attacked, scene) => {
      const ref = 'refs/heads/sallyport-ledger';
      const last = scene.git(['rev-parse', ref]);
      if (attacked) scene.git(['update-ref', ref, scene.git(['rev-list', '--max-parents=0', ref]), last]);
      try {
        const { state, problems } = await scene.sweep();
        return state === 'ledger-broken' ? refused(problems.join(' ')) : seenIn(problems);
      } finally {
        if (attacked) scene.git(['update-ref', ref, last]);
      }
    },
  },
  {
    id: 'L02.5',
    name: 'GitHub tells once where the branch of the ledger was before: nothing is lost, and the gatekeeper goes on.',
    says: null,
    play: async (attacked, scene) => {
      const ref = 'refs/heads/sallyport-ledger';
      const [first, last] = [scene.git(['rev-list', '--max-parents=0', ref]), scene.git(['rev-parse', ref])];
      const stale = (outside: Outside): Outside => {
        let reads = 0;
        return {
          ...outside,
          ledger: {
            ...outside.ledger,
            read: async () => {
              reads += 1;
              if (reads > 1) return outside.ledger.read();
              scene.git(['update-ref', ref, first, last]);
              try {
                return await outside.ledger.read();
              } finally {
                scene.git(['update-ref', ref, last, first]);
              }
            },
          },
        };
      };
      const { problems } = await scene.sweep(attacked ? stale : undefined);
      return seenIn(problems);
    },
  },
  {
    id: 'P06.2',
    name: 'Another gatekeeper makes the tag after this one has looked for it, and then a hold comes: what is on its way is not called given up.',
    says: null,
    play: async (attacked, scene) => {
      const build = await scene.register();
      await dieAtTag(scene, 'before');
      let hold: Record<string, unknown> | null = null;
      const overtaken = (outside: Outside): Outside => ({
        ...outside,
        promotions: {
          ...outside.promotions,
          listTags: async (environment) => {
            const tags = await outside.promotions.listTags(environment);
            if (hold === null && environment === 'staging') {
              hold = {};
              // It makes the tag and goes no further: an end that it recorded would leave nothing to give up.
              await dieAtTag(scene, 'after');
              await scene.simulator.idle();
              hold = await scene.ada.send('POST', '/issues', { title: 'The shop is shut', labels: ['sallyport-hold'] });
            }
            return tags;
          },
        },
      });
      await scene.sweep(attacked ? overtaken : undefined);
      await scene.simulator.idle();
      await scene.settle();
      const seen = await promotedOnce(scene, build);
      if (hold !== null) await scene.ada.send('PATCH', `/issues/${Number(hold['number'])}`, { state: 'closed' });
      return seen;
    },
  },
  dies('P07.1', 'The gatekeeper dies after the intent and before the tag: the next sweep finishes.', 'before'),
  dies('P07.2', 'The gatekeeper dies when the tag is made and before it knows: the next sweep makes no second one.', 'after'),
  {
    id: 'P07.3',
    name: 'The gatekeeper dies after the intent, and a hold comes before the next sweep: it gives the promotion up.',
    says: 'abandoned',
    play: async (attacked, scene) => {
      const build = await scene.register();
      await dieAtTag(scene, 'before');
      const hold = attacked ? await scene.ada.send('POST', '/issues', { title: 'The shop is shut', labels: ['sallyport-hold'] }) : null;
      await scene.simulator.idle();
      await scene.settle();
      const seen = await promotedOnce(scene, build);
      if (hold !== null) {
        await scene.ada.send('PATCH', `/issues/${Number(hold['number'])}`, { state: 'closed' });
        await scene.settle();
      }
      return seen.state === 'refused' && (await scene.promotionsOf(build)).at(-1)?.end?.outcome !== 'succeeded' ? refused(`${seen.says}, and not taken up again`) : seen;
    },
  },
];
