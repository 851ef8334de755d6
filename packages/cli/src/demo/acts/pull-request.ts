import { approve, headOf, later, openChange, setVersion } from '../change.ts';
import type { OpenChange } from '../change.ts';
import type { Clone } from '../person.ts';
import { askMergeGate, readMergeCheck } from '../questions.ts';
import type { Scene } from '../scene.ts';

export type FirstChange = OpenChange & { readonly clone: Clone };

/** The author opens a pull request; the gate waits and names who can help. */
export async function openPullRequest(scene: Scene): Promise<FirstChange> {
  const { narrator, people, simulator } = scene;
  narrator.act(1, 'Monday: a pull request waits for tests and a second reviewer');
  const clone = await scene.clone(people.ada);
  await setVersion(clone, '1.8.0');
  await clone.write('CHANGELOG.md', '# 1.8.0\n\nPrices are shown with two decimals.\n');
  await clone.commit('Show prices with two decimals', people.ben);
  narrator.did('ada', 'commits with ben as co-author and pushes');
  const change = await openChange(scene, people.ada, clone, 'two-decimals', 'Show prices with two decimals');
  const untested = await askMergeGate(scene, change.number);
  narrator.expect('with nothing but a commit, the gate waits', untested.outcome === 'wait', untested.outcome);
  await simulator.idle();
  narrator.did('ci', 'has run the tests');
  const decision = await askMergeGate(scene, change.number);
  const check = await readMergeCheck(scene, await headOf(scene, change.number));
  narrator.expect('tested, it still waits for a second person', decision.outcome === 'wait' && check === 'pending', `decision ${decision.outcome}, check ${check}`);
  const named = decision.next.map(({ who, what }) => `${who} ${what}`).join(' ');
  narrator.expect('it names cleo, and neither ada nor ben', named.includes('cleo') && !/\b(ada|ben)\b/.test(named), named);
  return { ...change, clone };
}

/** Who contributed cannot be the second person; an approval holds for what was approved and nothing else. */
export async function reviewAndMerge(scene: Scene, change: FirstChange): Promise<void> {
  const { narrator, people, simulator } = scene;
  const { number, clone, branch } = change;
  narrator.act(2, 'Monday: only a second person counts, and only for what that person saw');
  const own = await approve(scene, people.ada, number);
  narrator.expect("GitHub refuses the author's own approval", own === 422, `answered ${own}`);
  await approve(scene, people.ben, number);
  await simulator.idle();
  const afterCoAuthor = await askMergeGate(scene, number);
  narrator.expect("the co-author's approval does not count", afterCoAuthor.outcome === 'wait', afterCoAuthor.outcome);

  await approve(scene, people.cleo, number);
  await simulator.idle();
  const approved = await askMergeGate(scene, number);
  narrator.expect('a second person approved: the gate allows', approved.outcome === 'allow' && (await readMergeCheck(scene, await headOf(scene, number))) === 'success', approved.outcome);

  later(scene);
  await clone.write('CHANGELOG.md', '# 1.8.0\n\nPrices are shown with two decimals, rounded half up.\n');
  await clone.commit('Say how prices are rounded');
  await clone.git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  narrator.did('ada', 'pushes again');
  await simulator.idle();
  const pushed = await askMergeGate(scene, number);
  narrator.expect('the approval does not hold for the new commit', pushed.outcome === 'wait', pushed.outcome);
  const early = await scene.people.ada.ask('PUT', `/repos/acme/shop/pulls/${number}/merge`, { merge_method: 'merge' });
  narrator.expect('GitHub refuses to merge it', early.status === 405, `answered ${early.status}`);

  await approve(scene, people.cleo, number);
  await simulator.idle();
  const again = await askMergeGate(scene, number);
  narrator.expect('given again, it holds', again.outcome === 'allow', again.outcome);
}
