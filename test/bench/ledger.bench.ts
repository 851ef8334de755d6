import { hash } from 'node:crypto';
import process from 'node:process';
import { ask, mergeFactsOf, sealFacts } from '@sallyport/gates/testing';
import { appendEntries, createLedgerVerifier, verifyBytes, verifyLedger } from '@sallyport/ledger';
import type { BytesCheck, EntryBody, LedgerFiles } from '@sallyport/ledger';
import { testContext } from '@sallyport/ledger/testing';
import { decisionDocument } from '@sallyport/pipeline';
import { atMost, told } from './row.ts';
import type { Row } from './row.ts';

const count = 100_000;
const rounds = 3;
const budget = 3;

const digest = `sha256:${'a'.repeat(64)}`;
const commit = '1'.repeat(40);
const at = '2026-03-02T10:00:00Z';

/**
 * What it costs to verify a long ledger, against hashing its entries and nothing else: a figure of DESIGN, “Cost”. The budget is for what
 * a run of the gatekeeper does over and over; the first reading also parses every entry, which no budget of hashing can hold (ADR 0023).
 */
export default async function measureLedger(): Promise<readonly Row[]> {
  const context = testContext();
  const decided = decisionMade();
  await appendEntries(context, Array.from({ length: count }, (_, number) => ({ key: `entry:${number}`, body: bodyOf(number, decided) })));
  const files = await context.store.read();
  const bytes = files.entries.reduce((sum, entry) => sum + entry.length, 0);
  const hashing = bestOf(() => hashEach(files));
  const asSigned = bestOf(() => requireIntact(verifyBytes(files, context)));
  const first = bestOf(() => requireIntact(verifyLedger(files, context)));
  const verify = createLedgerVerifier(context);
  verify(files);
  let grown = files;
  const again = await bestOfGrowing(async () => {
    await appendEntries({ ...context, verify }, [{ key: `later:${grown.entries.length}`, body: decided }]);
    grown = await context.store.read();
  }, () => requireIntact(verify(grown)));
  return [
    atMost('ledger: verifying that 100,000 entries are what was signed, against SHA-256 of the same bytes', Number((asSigned / hashing).toFixed(2)), 'times as long', budget),
    atMost('ledger: verifying 100,000 entries again after one more, against SHA-256 of the same bytes', Number((again / hashing).toFixed(2)), 'times as long', budget),
    told('ledger: verifying and reading 100,000 entries for the first time, against SHA-256 of the same bytes', Number((first / hashing).toFixed(2)), 'times as long'),
    told('ledger: an entry that is verified for the first time', Number(((first / count) * 1000).toFixed(2)), 'microseconds'),
    told('ledger: an entry’s size', Math.round(bytes / count), 'bytes'),
  ];
}

/** A change on its way: of four entries one is a decision with its facts. */
function bodyOf(number: number, decided: EntryBody): EntryBody {
  switch (number % 4) {
    case 0:
      return decided;
    case 1:
      return { type: 'build-registered', digest, version: `1.0.${number}`, commit, artifacts: [{ name: 'shop.tar.gz', digest, sizeBytes: 4096 }], workflow: '.github/workflows/build.yml', runId: number, release: `build/1.0.${number}` };
    case 2:
      return { type: 'promotion-intended', environment: 'staging', number, tag: `promote/staging/${number}`, build: digest, version: `1.0.${number}`, commit, decisionIndex: number - 2, override: null };
    default:
      return { type: 'promotion-ended', environment: 'staging', number: number - 1, build: digest, outcome: 'succeeded', reason: 'the deploy ended well', runId: number, startedAt: at, endedAt: at };
  }
}

function decisionMade(): EntryBody {
  const facts = mergeFactsOf();
  const made = ask(facts);
  return { type: 'decision-made', gate: made.gate, subject: made.subject, outcome: made.outcome, decision: decisionDocument(made), facts: sealFacts(facts).document as Record<string, unknown> };
}

function requireIntact({ state }: BytesCheck): void {
  if (state !== 'intact') throw new Error('the ledger that is measured must be intact, or less would be looked at');
}

function hashEach({ entries }: LedgerFiles): void {
  let digits = 0;
  for (const entry of entries) digits += hash('sha256', entry, 'hex').length;
  if (digits !== 64 * entries.length) throw new Error('an entry was not hashed');
}

/** In this process's own time: other work on the machine only ever makes a round slower. */
function bestOf(work: () => void): number {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const started = milliseconds();
    work();
    best = Math.min(best, milliseconds() - started);
  }
  return best;
}

async function bestOfGrowing(grow: () => Promise<void>, work: () => void): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    await grow();
    const started = milliseconds();
    work();
    best = Math.min(best, milliseconds() - started);
  }
  return best;
}

/** Of one core: what this process used, the garbage collector included. */
function milliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
