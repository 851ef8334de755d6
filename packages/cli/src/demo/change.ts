import * as z from 'zod';
import type { Clone, Person } from './person.ts';
import { askMergeGate, readMergeCheck } from './questions.ts';
import { repository } from './scene.ts';
import type { Scene } from './scene.ts';

export const base = `/repos/${repository.owner}/${repository.name}`;
const pull = z.object({ number: z.int(), head: z.object({ sha: z.string() }) });

export type OpenChange = { readonly number: number; readonly branch: string };

export async function openChange(scene: Scene, author: Person, clone: Clone, branch: string, title: string): Promise<OpenChange> {
  await clone.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  const { number } = pull.parse(await author.must('POST', `${base}/pulls`, { title, head: branch, base: 'main', body: '' }));
  scene.narrator.did(author.login, `opens #${number} “${title}”`);
  return { number, branch };
}

export async function headOf(scene: Scene, number: number): Promise<string> {
  return pull.parse(await scene.people.dana.must('GET', `${base}/pulls/${number}`)).head.sha;
}

/** How long people in the story take over something. */
const fewMinutes = 7 * 60_000;

/** Time goes by. Only while nothing runs: a job's machine keeps the time it was started with. */
export const later = (scene: Scene): void => scene.simulator.clock.advance(fewMinutes);

export async function approve(scene: Scene, person: Person, number: number): Promise<number> {
  later(scene);
  const { status } = await person.ask('POST', `${base}/pulls/${number}/reviews`, { event: 'APPROVE', body: '' });
  scene.narrator.did(person.login, status < 300 ? `approves #${number}` : `tries to approve #${number}; GitHub answers ${status}`);
  return status;
}

export async function merge(person: Person, number: number): Promise<{ readonly status: number; readonly message: string }> {
  const { status, body } = await person.ask('PUT', `${base}/pulls/${number}/merge`, { merge_method: 'merge' });
  return { status, message: z.object({ message: z.string() }).catch({ message: '' }).parse(body).message };
}

/** A change that takes the ordinary way: opened, tested, approved by somebody else, merged, built and staged. */
export async function landChange(scene: Scene, options: { readonly author: Person; readonly reviewer: Person; readonly branch: string; readonly title: string; readonly edit: (clone: Clone) => Promise<void> }): Promise<number> {
  const { author, reviewer, branch, title } = options;
  const clone = await scene.clone(author);
  await options.edit(clone);
  await clone.commit(title);
  const { number } = await openChange(scene, author, clone, branch, title);
  await scene.simulator.idle();
  await approve(scene, reviewer, number);
  await scene.simulator.idle();
  const decision = await askMergeGate(scene, number);
  const check = await readMergeCheck(scene, await headOf(scene, number));
  scene.narrator.expect(`tests and ${reviewer.login}'s review admit #${number}`, decision.outcome === 'allow' && check === 'success', `decision ${decision.outcome}, check ${check}`);
  const merged = await merge(author, number);
  scene.narrator.did(author.login, merged.status === 200 ? `merges #${number}` : `cannot merge #${number}: ${merged.message}`);
  await scene.simulator.idle();
  return number;
}

/** Sets the version in package.json, so that the next build carries it. */
export async function setVersion(clone: Clone, version: string): Promise<void> {
  const manifest = JSON.parse(await clone.read('package.json')) as Record<string, unknown>;
  await clone.write('package.json', `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
}
