import { askToStart, buildEvidenceReport, lastSucceeded, openLedgerReader, parseTagName, readEvidenceRecord } from '@sallyport/pipeline';
import { refused, seenIn, sound } from '../parts/story.ts';
import type { PromotionScene } from './scene.ts';
import type { PromotionStory } from './story.ts';

const repository = { owner: 'acme', name: 'shop' };

/** What anyone who may push can post: a deployment to staging, and that it went well. */
async function postDeployment({ ben }: PromotionScene, ref: string): Promise<void> {
  const made = await ben.send('POST', '/deployments', { ref, environment: 'staging', required_contexts: [], auto_merge: false });
  await ben.send('POST', `/deployments/${Number(made['id'])}/statuses`, { state: 'success', target_url: 'https://status.example.com' });
}

/** What the record and GitHub disagree about, as the auditor's report says it. */
async function disagreements(scene: PromotionScene): Promise<readonly string[]> {
  const { ledger } = await scene.readRecord();
  const outside = scene.connect();
  const shown = { tags: await outside.promotions.listTags('staging'), deployments: await outside.deployments.list('staging') };
  const now = scene.simulator.clock.now();
  const { exceptions } = buildEvidenceReport(readEvidenceRecord(ledger), { environment: 'staging', period: { from: now - 86_400_000, to: now + 86_400_000 }, zone: 'UTC', outages: null, shown });
  return exceptions.filter(({ code }) => /-unrecorded$|-disagrees$|^tag-missing$/.test(code)).map(({ code, summary }) => `${code}: ${summary}`);
}

/** The disagreements that an act brings: the stories before it have left some. */
async function broughtBy(scene: PromotionScene, act: () => Promise<void>): Promise<readonly string[]> {
  const before = new Set(await disagreements(scene));
  await act();
  return (await disagreements(scene)).filter((one) => !before.has(one));
}

const strangeTag = 'promote/staging/900';

/** A tag on main that no ledger intends, past every rule; taken away again afterwards. */
async function withStrangeTag<T>({ git, landed }: PromotionScene, attacked: boolean, act: () => Promise<T>): Promise<T> {
  if (attacked) git(['update-ref', `refs/tags/${strangeTag}`, landed]);
  try {
    return await act();
  } finally {
    if (attacked) git(['update-ref', '-d', `refs/tags/${strangeTag}`]);
  }
}

export const forgeryStories: readonly PromotionStory[] = [
  {
    id: 'P04.3',
    name: 'Somebody makes a tag of the highest number that there is, so that no number is left for what comes after it.',
    says: null,
    play: async (attacked, scene) => {
      const highest = 'refs/tags/promote/staging/999999999';
      if (attacked) scene.git(['update-ref', highest, scene.landed]);
      try {
        const build = await scene.register();
        await scene.settle();
        const tags = (await scene.promotionsOf(build)).map(({ tag }) => tag);
        return seenIn(tags.length === 1 ? tags.filter((tag) => parseTagName(tag) === null).map((tag) => `${tag} is no promotion tag`) : [`${tags.length} intents`]);
      } finally {
        if (attacked) scene.git(['update-ref', '-d', highest]);
      }
    },
  },
  {
    id: 'P10.1',
    name: 'Something was deployed to the environment that the record does not know.',
    says: 'deployment-unrecorded',
    play: async (attacked, scene) => seenIn(await broughtBy(scene, async () => {
      if (attacked) await postDeployment(scene, scene.landed);
    })),
  },
  {
    id: 'P10.2',
    name: 'A promotion tag exists that the record does not know: the auditor is told.',
    says: 'tag-unrecorded',
    play: async (attacked, scene) => seenIn(await broughtBy(scene, async () => {
      if (attacked) scene.git(['update-ref', `refs/tags/${strangeTag}`, scene.landed]);
    }).finally(() => {
      if (attacked) scene.git(['update-ref', '-d', `refs/tags/${strangeTag}`]);
    })),
  },
  {
    id: 'P10.3',
    name: 'A promotion tag exists that the record does not know: the gatekeeper says so at its next sweep.',
    says: `${strangeTag} exists but the ledger never intended it`,
    play: (attacked, scene) => withStrangeTag(scene, attacked, async () => seenIn((await scene.sweep()).notes.filter(({ code }) => code === 'tag-unknown').map(({ message }) => message))),
  },
  {
    id: 'P04.2',
    name: 'A tag that somebody made by hand asks to be deployed.',
    says: 'A tag made by hand starts nothing',
    play: (attacked, scene) => withStrangeTag(scene, attacked, async () => {
      const outside = scene.connect();
      const [promoted] = scene.tags('staging');
      if (promoted === undefined) throw new Error('Nothing was promoted yet.');
      const answer = await askToStart(outside, ({ sealed }) => openLedgerReader(outside.ledger, { policy: sealed.value, repository }), { tag: attacked ? strangeTag : promoted.name, commit: scene.landed, environment: 'staging', workflow: '.github/workflows/deploy.yml' });
      // A promotion that has ended is judged, and the gate says that its number is used.
      return answer.state === 'decided' ? sound : refused(answer.reason);
    }),
  },
  {
    id: 'P12.1',
    name: 'A deploy fails, and somebody posts a deployment of its tag that went well.',
    says: 'failed',
    play: async (attacked, scene) => {
      const build = await scene.register();
      // An environment that admits no tag ends the deploy's job before it starts.
      if (attacked) await scene.ada.send('PUT', '/environments/staging', { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } });
      try {
        await scene.sweep();
        const tag = (await scene.promotionsOf(build))[0]?.tag ?? '';
        await postDeployment(scene, tag);
        await scene.simulator.idle();
        await scene.settle();
      } finally {
        if (attacked) await scene.ada.send('PUT', '/environments/staging', { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } });
      }
      return seenIn((await scene.promotionsOf(build)).filter(({ end }) => end?.outcome !== 'succeeded').map(({ tag, end }) => `${tag} ${end?.outcome ?? 'is under way'}`));
    },
  },
  {
    id: 'P12.2',
    name: 'Somebody posts a deployment that went well for what no gatekeeper promoted: nothing is taken to run there.',
    says: null,
    play: async (attacked, scene) => {
      const before = lastSucceeded((await scene.readRecord()).state, 'staging');
      if (attacked) await postDeployment(scene, 'main');
      const { effects } = await scene.sweep();
      const after = lastSucceeded((await scene.readRecord()).state, 'staging');
      return seenIn([...effects.map(({ effect }) => `the gatekeeper did ${effect}`), ...(after?.number === before?.number ? [] : ['another build is taken to run there'])]);
    },
  },
];
