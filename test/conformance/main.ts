import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Depth } from './compare.ts';
import { commandGate, ownGate } from './gate-under-test.ts';
import { inLanes } from './in-lanes.ts';
import { playPart } from './parts/story.ts';
import { partStories } from './parts/stories.ts';
import { startPromotionScene } from './promotions/scene.ts';
import { promotionStories } from './promotions/stories.ts';
import { onScene } from './promotions/story.ts';
import { renderReport } from './render-report.ts';
import { reportOf } from './report.ts';
import { runScenario } from './run-scenario.ts';
import type { ScenarioResult } from './run-scenario.ts';
import { attackedCase, readSuite, twinCase } from './scenario.ts';
import type { Suite } from './scenario.ts';
import { startScene } from './simulated/scene.ts';
import { stories } from './simulated/stories.ts';
import { playStory } from './simulated/story.ts';

const usage = `Usage: npm run conformance -- [options]

  --gate <command>   ask another gate: a case on its standard input, a decision on its standard output;
                     {gate} in the command becomes merge or stage
  --outcomes         compare outcomes only, for a gate that has other names for rules and reasons
  --facts-only       leave out what no gate's document shows: attacks on parts, and on a simulated GitHub
  --expand <id>      print the document of a scenario; with --twin, the same without the attack
  --json             print the results as JSON
  --help             print this

Exit status: 0 all as expected, 1 a miss, 2 bad options.
`;

export type Terminal = { readonly write: (text: string) => void; readonly colour: boolean; readonly now: () => number };

/** The command line of the suite. Gives the exit status. */
export async function main(argv: readonly string[], root: string, { write, colour, now }: Terminal): Promise<number> {
  const options = readOptions(argv);
  if (typeof options === 'string') {
    write(`${options}\n\n${usage}`);
    return 2;
  }
  if (options.help) {
    write(usage);
    return 0;
  }
  const suite = readSuite(join(root, 'test/conformance'));
  if (options.expand !== undefined) return expand(suite, options.expand, options.twin, write);
  const started = now();
  const gate = options.gate === undefined ? ownGate : commandGate(options.gate);
  const depth: Depth = options.outcomes ? 'outcomes' : 'reasons';
  const onFacts = await inLanes(suite.scenarios, lanes(), (scenario) => runScenario(suite, scenario, gate, depth));
  // Another gate is asked about documents; only ours has the parts, and gathers from GitHub.
  const isOurs = !options['facts-only'] && options.gate === undefined;
  const onParts = isOurs ? await inLanes(partStories(suite, root), [0], playPart) : null;
  const onGitHub = isOurs ? (await Promise.all([playMerges(), playPromotions(root)])).flat() : null;
  const report = reportOf(suite, { onFacts, onParts, onGitHub }, { root, milliseconds: now() - started });
  write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, { colour }));
  return report.counts.misses === 0 ? 0 : 1;
}

function readOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        gate: { type: 'string' },
        expand: { type: 'string' },
        outcomes: { type: 'boolean', default: false },
        'facts-only': { type: 'boolean', default: false },
        twin: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function expand(suite: Suite, id: string, twin: boolean, write: Terminal['write']): number {
  const scenario = suite.scenarios.find((one) => one.id === id);
  if (scenario === undefined) {
    write(`There is no scenario ${id}. Their ids look like ${suite.scenarios[0]?.id ?? 'M01.1'}; they are in test/conformance/scenarios.\n`);
    return 2;
  }
  write(`${JSON.stringify(twin ? twinCase(suite, scenario) : attackedCase(suite, scenario), null, 2)}\n`);
  return 0;
}

/** Another gate's processes and git's take most of the time: one for each core. */
const lanes = (): readonly number[] => Array.from({ length: Math.max(2, availableParallelism()) }, (_, lane) => lane);

/** Stories know nothing of each other, so each lane plays its own on a GitHub of its own. */
async function playMerges(): Promise<readonly ScenarioResult[]> {
  const scenes = await Promise.all(lanes().slice(0, mostScenes).map(() => startScene()));
  try {
    return await inLanes(stories, scenes, (story, scene) => playStory(scene, story));
  } finally {
    await Promise.all(scenes.map((scene) => scene.stop()));
  }
}

/** Stories of promotions go on where the one before has ended, all on one GitHub. */
async function playPromotions(root: string): Promise<readonly ScenarioResult[]> {
  const scene = await startPromotionScene();
  try {
    return await inLanes(promotionStories(root), [scene], (story, where) => playPart(onScene(where, story)));
  } finally {
    await scene.stop();
  }
}

/** A scene holds a repository and a server; more of them than this gain nothing. */
const mostScenes = 4;
