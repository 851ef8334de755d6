import { openCheckpoint, verifyLedger } from '@sallyport/ledger';
import type { TreeHead } from '@sallyport/ledger';
import type { LedgerState } from '@sallyport/pipeline';
import { ledgerOrigin } from '@sallyport/pipeline';
import { replayDecisions } from '../../../packages/cli/src/offline/replay.ts';
import type { RawEntry, RawTag, RecordReader } from '../record.ts';
import { name } from '../shop.ts';
import type { StandingYes } from '../steps/attacks.ts';
import { environments } from '../truth.ts';
import type { World } from '../world.ts';
import { judgeEntry } from './judge-entry.ts';
import { judgePromotion } from './judge-promotion.ts';
import { hold } from './law-broken.ts';
import { startPast } from './past.ts';

/** Watches from outside whether L1 to L9 hold. It asks none of the product's gates and reads the record by itself; only replay and the consistency of checkpoints are the product's own, because they are what an auditor has. */
export type Oracle = {
  /** After every step. Throws LawBroken. */
  check(): Promise<void>;
  /** At the end of a story, for what takes longer. */
  finish(): Promise<void>;
  readonly yes: StandingYes;
  /** Everything that it remembers from one look to the next. */
  readonly memory: object;
};

export function createOracle(world: World, record: RecordReader): Oracle {
  const memory = { past: startPast(), tags: new Map<string, RawTag>(), remembered: [] as TreeHead[], judged: 0 };
  const { past, tags, remembered } = memory;
  const keys = [/keys: \["([^"]+)"\]/.exec(world.shop.policy('plain'))?.[1] ?? ''];

  const remember = (checkpoint: string | null): void => {
    if (checkpoint === null) return;
    const opened = openCheckpoint(checkpoint, keys);
    hold('L9', opened.ok, () => 'a checkpoint is not signed as it should be');
    if (remembered.at(-1)?.root !== opened.head.root) remembered.push(opened.head);
  };
  const checkLedger = async (): Promise<void> => {
    const { moved, before, now } = await record.refresh();
    if (!moved) return;
    hold('L9', before.every((sha, index) => now[index] === sha), () => 'an entry was changed or dropped');
    remember(record.checkpoint);
    const fresh = record.entries.slice(memory.judged);
    memory.judged = record.entries.length;
    for (const entry of fresh) judgeEntry(world, past, entry);
    replay(record.entries, fresh);
  };
  const checkTags = async (): Promise<void> => {
    const there = (await Promise.all(environments.map((environment) => record.tags(environment)))).flat();
    for (const [known, tag] of tags) hold('L7', there.some((one) => one.name === known && one.commit === tag.commit && one.message === tag.message), () => `${known} was moved or taken away`);
    for (const tag of there.filter((one) => !tags.has(one.name))) {
      tags.set(tag.name, tag);
      checkTag(tag);
    }
  };
  const checkTag = (tag: RawTag): void => {
    const intent = past.intents.find((one) => one.tag === tag.name);
    hold('L7', intent !== undefined, () => `${tag.name} was made, but the ledger never intended it`);
    const said = JSON.parse(tag.message.slice(tag.message.indexOf('\n\n{') + 2)) as { readonly number: number; readonly build: string; readonly intentIndex: number; readonly checkpoint: string };
    hold('L7', tag.commit === intent.commit && said.build === intent.build && said.number === intent.number && said.intentIndex === intent.index, () => `${tag.name} carries something else than was intended`);
    remember(said.checkpoint);
    if (world.lastRun?.lateWrite !== true) judgePromotion(world, past, intent, `${tag.name} was made`);
  };
  const checkLetIn = (): void => {
    for (const { deploy, build } of world.truth.letIn.splice(0)) {
      const what = `the deploy of ${deploy.tag} was let in`;
      const intent = past.intents.find(({ tag }) => tag === deploy.tag);
      hold('L7', intent !== undefined && intent.build === build && intent.commit === deploy.commit, () => `${what} with something that was never intended`);
      hold('L7', !past.ends.has(`${intent.environment}/${intent.number}`), () => `${what} although that promotion has ended`);
      hold('L7', past.intents.findLast(({ environment }) => environment === intent.environment) === intent, () => `${what} although a newer one was intended`);
      const { trouble, struck, clockErrorMilliseconds } = world.lastRun ?? { trouble: { kind: 'none' as const }, struck: false, clockErrorMilliseconds: 0 };
      hold('L5', clockErrorMilliseconds === 0 && !(trouble.kind === 'reads-fail' && struck), () => `${what} although something could not be read or the clock not be trusted`);
      judgePromotion(world, past, intent, what);
    }
  };
  return {
    memory,
    yes: (number, head) => past.merges.get(`${number} ${head}`) === 'allow',
    check: async () => {
      await checkLedger();
      await checkTags();
      checkLetIn();
    },
    finish: async () => {
      const { outside } = world.shop.connect('deploy', { fetch: world.shop.simulator.fetch });
      const checked = verifyLedger(await outside.ledger.read(), { origin: ledgerOrigin(name), keys, remembered });
      hold('L9', checked.state === 'intact', () => `the ledger is not what checkpoints remember: ${checked.state === 'broken' ? checked.faults.map(({ message }) => message).join(' ') : ''}`);
    },
  };
}

/** Makes every new decision again from what is recorded of it. */
function replay(all: readonly RawEntry[], fresh: readonly RawEntry[]): void {
  const made = fresh.filter(({ body }) => body.type === 'decision-made');
  if (made.length === 0) return;
  const policies = new Map(all.filter(({ body }) => body.type === 'policy-adopted').map(({ body }) => [String(body['digest']), body])) as unknown as LedgerState['policies'];
  const decisions = made.map(({ body, index, at }) => ({ ...body, index, at: Date.parse(at) })) as unknown as LedgerState['decisions'];
  const { findings } = replayDecisions({ policies, decisions }, { from: 0, end: all.length, onProgress: () => undefined });
  hold('L8', findings.length === 0, () => `a decision does not come out again as it was recorded: ${JSON.stringify(findings[0])}`);
}
