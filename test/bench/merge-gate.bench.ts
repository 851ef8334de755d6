import process from 'node:process';
import { completeList, decideMerge, known, sealPlain } from '@sallyport/gates';
import type { MergeFacts, Person, Sealed } from '@sallyport/gates';
import { ana, ben, checkOf, ciWorkflow, clockAt, commitBy, fakeSha, fileOf, headSha, mergeFactsOf, mondayAt, policyOf, pushBy, pushedAt, reviewBy, reviewedAt, reviewerOf, runOf, sealFacts, unitTest } from '@sallyport/gates/testing';
import type { Policy } from '@sallyport/policy';
import { told } from './row.ts';
import type { Row } from './row.ts';

const variants = 256;
const roundMilliseconds = 50;
const rounds = 100;
const budget = 100_000;

const policy: Policy = { ...policyOf(), merge: { ...policyOf().merge, tests: [unitTest, { ...unitTest, check: 'integration' }] } };

/** A developer of the crowd, one to fifty. */
const developer = (number: number): Person => ({ id: 2000 + number, login: `developer-${number}`, kind: 'user' });

const shaOf = (kind: string, variant: number, number: number): string => `${kind}${variant.toString(16).padStart(3, '0')}${number.toString(16).padStart(3, '0')}`.padEnd(40, '0');

/** A change that may merge: 30 commits, 12 reviews, 25 checks in 5 runs, 10 files. Every variant has objects and ids of its own. */
function changeOf(variant: number): MergeFacts {
  const commits = Array.from({ length: 30 }, (_, number) => commitBy(developer(number % 4), { sha: number === 29 ? headSha : shaOf('c', variant, number), coAuthors: number % 5 === 0 ? [known(developer(4))] : [] }));
  const older = [0, 1, 2].map((number) => shaOf('a', variant, number));
  const pushes = [...older.map((after, number) => pushBy(ana, { after, before: older[number - 1] ?? fakeSha('ba'), pushedAt: pushedAt - (4 - number) * 3_600_000 })), pushBy(ana, { before: older[2] ?? '' })];
  const comments = Array.from({ length: 10 }, (_, number) => reviewBy(developer(10 + (number % 5)), { id: 100 + number, state: number % 3 === 0 ? 'approved' : 'commented', commitId: older[number % 3] ?? null, submittedAt: pushedAt - (4 - (number % 3)) * 3_600_000 + 600_000 + number * 1000 }));
  const approvals = [reviewBy(ben, { id: 200 }), reviewBy(developer(20), { id: 201, submittedAt: reviewedAt + variant * 1000 })];
  const names = ['unit', 'integration', ...Array.from({ length: 23 }, (_, number) => `build ${number}`)];
  const runs = Array.from({ length: 5 }, (_, number) => runOf({ id: 7000 + variant * 10 + number, workflow: number === 0 ? ciWorkflow : `.github/workflows/build-${number}.yml` }));
  const checks = names.map((name, number) => checkOf({ id: variant * 100 + number + 1, name, job: known({ run: 7000 + variant * 10 + Math.floor(number / 5), attempt: 1 }) }));
  return mergeFactsOf({
    commits: completeList(commits),
    pushes: completeList(pushes),
    reviews: completeList([...comments, ...approvals]),
    reviewers: [ben, ...[10, 11, 12, 13, 14, 20].map(developer)].map((person) => reviewerOf(person)),
    runs: completeList(runs),
    checks: completeList(checks),
    files: completeList(Array.from({ length: 10 }, (_, number) => fileOf(`src/part-${variant}/file-${number}.ts`))),
  });
}

/** How fast the merge gate decides with its facts in memory, and how that compares with writing the same facts as JSON. */
export default async function measureMergeGate(): Promise<readonly Row[]> {
  const sealedPolicy = sealPlain(policy);
  const changes = Array.from({ length: variants }, (_, variant): Sealed<MergeFacts> => {
    const value = changeOf(variant);
    const { document, digest } = sealFacts(value);
    return { value, document, digest };
  });
  const now = clockAt(mondayAt);
  const decide = (change: Sealed<MergeFacts>): boolean => decideMerge(sealedPolicy, change, now).outcome === 'allow';
  if (!changes.every(decide)) throw new Error('the changes that are measured must be allowed, or less would be looked at');
  const decisions = ratePerSecond(changes, decide);
  const texts = ratePerSecond(changes, ({ document }) => JSON.stringify(document).length > 0);
  return [
    { name: 'merge gate alone, facts in memory', value: Math.round(decisions), unit: 'decisions a second', budget, ok: decisions >= budget },
    told('merge decision, against JSON.stringify of its facts', Number((texts / decisions).toFixed(2)), 'times as long'),
  ];
}

/** The best of some rounds, in this process's own time: other work on the machine only ever makes a round slower. */
function ratePerSecond<T>(items: readonly T[], work: (item: T) => boolean): number {
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = milliseconds();
    let done = 0;
    let passed = 0;
    while (milliseconds() - started < roundMilliseconds) {
      for (const item of items) if (work(item)) passed += 1;
      done += items.length;
    }
    if (passed !== done) throw new Error('a change was decided differently from before');
    best = Math.max(best, (done / (milliseconds() - started)) * 1000);
  }
  return best;
}

/** Of one core: what this process used, the garbage collector included. */
function milliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
