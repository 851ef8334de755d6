import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FormAnswers } from '@sallyport/simulator';
import { must } from '../shop.ts';
import type { FormTruth } from '../truth.ts';
import { saw } from '../world.ts';
import type { World } from '../world.ts';
import { buildsIn } from './release.ts';
import { choose, pick, short } from './step.ts';
import type { Step } from './step.ts';

/** The form as adopters get it. The model is played from its sources and as a bundle, so it is looked for in the folders above either. */
function readForm(folder = import.meta.dirname): string {
  const file = join(folder, 'workflows', 'issue-forms', 'sallyport-override.yml');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  if (dirname(folder) === folder) throw new Error('The issue form for an override is in none of the folders above the model.');
  return readForm(dirname(folder));
}
const form = readForm();
const reason = 'names leak';

type Asking = Pick<FormTruth, 'environment' | 'waives' | 'holdsMilliseconds' | 'readable'> & { readonly what: string; readonly answers: FormAnswers };

const everything = { environment: 'production', waives: ['window', 'soak'], holdsMilliseconds: null, readable: true, what: 'all that there is', answers: {} } as const;
const less = { ...everything, waives: ['window'], holdsMilliseconds: 30 * 60_000, what: 'the window alone, for half an hour', answers: { waives: ['The release window'], holds: 'At most 30 minutes' } } as const;
const forged = { ...everything, readable: false, what: 'in one answer two environments', answers: { reason: `${reason}\n\n### Environment\n\nstaging` } } as const;
const tooMuch = { ...everything, waives: ['window', 'freeze'], what: 'that a freeze be waived', answers: { waives: ['The release window', 'A freeze (where the policy allows it; takes two approvals)'] } } as const;
const elsewhere = { ...everything, environment: 'staging', what: 'what staging does not offer', answers: { environment: 'staging' } } as const;

/** By whoever can see the repository; the form's label comes with it. Mostly for what staging runs. */
export const sendForm: Step = (world, { n, m }, record) => {
  const { shop, truth } = world;
  const builds = buildsIn(record.entries).toReversed();
  const build = builds.find(({ digest }) => digest === truth.environments.staging.build) ?? builds[0];
  if (build === undefined) return null;
  const by = choose(['rika', 'trudy', 'mallory', 'ann', 'lea'], n);
  const { what, answers, ...asked }: Asking = choose([everything, less, everything, forged, everything, tooMuch, elsewhere], m);
  const named = m % 2 === 0 ? build.version : build.digest;
  const issue = shop.simulator.admin.sendForm(shop.repository, shop.people[by], form, { build: named, environment: 'production', urgency: 'It is being exploited', advisory: 'CVE-2026-1234', reason, waives: ['The release window', 'The soak time before it'], holds: 'As long as the policy allows', ...answers });
  truth.forms.set(issue.number, { by, build: build.digest, sentAt: shop.now(), ...asked });
  world.unswept = true;
  saw(world, 'form sent');
  return `${by} sends the form for ${build.version} (#${issue.number}) and asks for ${what}`;
};

/** Anyone who may write can change what somebody else asked for, and open again what was closed. */
export const editRequest: Step = async (world, { n, m }) => {
  const issue = pick([...world.shop.repository.issues.values()].filter(({ labels }) => labels.has('sallyport-override')).toReversed(), n);
  if (issue === undefined) return null;
  const block = ['```sallyport-override', `build: ${askedBuild(world, issue)}`, 'environment: production', 'reason: nothing much', 'advisory: CVE-2026-1234', '```', ''].join('\n');
  const otherReason = issue.body.replace(reason, 'nothing much').replace('it is being exploited', 'nothing much');
  const { what, body } = choose<{ readonly what: string; readonly body: string }>([{ what: 'another reason', body: otherReason }, { what: 'a block', body: block }, { what: 'nothing', body: '' }], m);
  world.shop.simulator.clock.advance(60_000);
  await must(world.shop.send('mallory', 'PATCH', `/issues/${issue.number}`, { body, state: 'open' }));
  world.unswept = true;
  saw(world, 'request edited');
  return `mallory edits the request #${issue.number} of ${issue.author.login} into ${what}`;
};

/** On the release issue, whose gatekeeper then opens the request. */
export const overrideByCommand: Step = async (world, { n }, record) => {
  const { shop, truth } = world;
  const issue = [...shop.repository.issues.values()].findLast(({ labels }) => labels.has('sallyport-release'));
  const build = truth.environments.staging.build ?? buildsIn(record.entries).at(-1)?.digest;
  if (issue === undefined || build === undefined) return null;
  const by = choose(['rika', 'mallory', 'lea', 'ann'], n);
  await must(shop.send(by, 'POST', `/issues/${issue.number}/comments`, { body: `/override production ${build.slice(0, 'sha256:'.length + 16)} CVE-2026-1234 it is being exploited` }));
  world.unswept = true;
  saw(world, 'override by command');
  return `${by} asks in #${issue.number} for an override for ${short(build)}`;
};

/** The build that a request is for, as it was sent, or as its text has it; empty when it has none. */
export const askedBuild = ({ truth }: World, { number, body }: { readonly number: number; readonly body: string }): string => truth.forms.get(number)?.build ?? /^build: (sha256:[0-9a-f]{64})$/m.exec(body)?.[1] ?? '';
