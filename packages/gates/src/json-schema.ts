import * as z from 'zod';
import { decision } from './decision.ts';
import type { Decision } from './decision.ts';
import { imageArtifact } from './facts/artifact.ts';
import { check, run, status } from './facts/merge-tests.ts';
import { baseMove, changedFile, codeOwners, mergeProof, queueGroup } from './facts/merge-content.ts';
import { mergeFacts } from './facts/merge-facts.ts';
import { commit, instigation, push, review, reviewer } from './facts/merge-people.ts';
import { instant } from './facts/instant.ts';
import { overrideFacts } from './facts/override-facts.ts';
import { releaseFacts } from './facts/release-facts.ts';
import { build, digest, grant, landing, person, repository, sha } from './facts/shared.ts';
import { stageFacts } from './facts/stage-facts.ts';

type Meta = { readonly id: string; readonly title: string; readonly description: string };

/** The parts that documents share, by name. Their fields are explained in docs/facts.md. */
const parts: readonly (readonly [z.ZodType, string, string])[] = [
  [instant, 'Instant', 'ISO 8601 with an offset, e.g. 2026-11-23T11:00:00Z.'],
  [sha, 'ObjectId', 'A full git object id, SHA-1 or SHA-256, lower case.'],
  [digest, 'Digest', 'sha256: and 64 lower-case hex digits.'],
  [person, 'Person', 'An account, told apart by its numeric id; the login is only for reading.'],
  [repository, 'Repository', 'The repository, with its numeric id.'],
  [commit, 'Commit', 'A commit with its parents, and the accounts of its author, committer and co-authors.'],
  [push, 'Push', 'One movement of the head branch.'],
  [instigation, 'Instigation', 'A person who set a machine account to work on the change; machine is null when it is not said which.'],
  [review, 'Review', 'A review as GitHub has it now.'],
  [reviewer, 'Reviewer', 'Role and team memberships, now, of someone who reviewed or dismissed.'],
  [changedFile, 'ChangedFile', 'A path that the change touches, compared with the merge base.'],
  [baseMove, 'BaseMove', 'The base was pointed elsewhere, or its history was rewritten.'],
  [mergeProof, 'MergeProof', 'A clean three-way merge made again: what from changed since fromBase, put onto onto, gives tree (null: it conflicts).'],
  [queueGroup, 'QueueGroup', 'A group of the merge queue: what would land.'],
  [codeOwners, 'CodeOwners', 'The code owners file of the base branch, and the accounts of the logins in it.'],
  [run, 'Run', 'A workflow run of GitHub Actions on one of the commits that are judged.'],
  [check, 'Check', 'A check run, and the job that it is.'],
  [status, 'Status', 'A commit status of the older kind, with the account that posted it.'],
  [imageArtifact, 'Image', 'An image in a registry: its name with the registry’s host and without a tag, and the digest that it is pulled by.'],
  [build, 'Build', 'A registered build: the only thing that can be promoted.'],
  [landing, 'Landing', 'How a commit came to the protected branch.'],
  [grant, 'Grant', 'An override as granted in the ledger.'],
];

const facts = { merge: mergeFacts, stage: stageFacts, release: releaseFacts, override: overrideFacts } as const satisfies Record<Decision['gate'], z.ZodType>;

const factsDescription =
  'Everything the gate looks at. Whatever could not be learnt is {"unknown": "why"}, and a list that was cut short is {"items": […], "complete": false, "missing": "what"}: leaving something out, or guessing it, is refused.';

/** The JSON Schema (2020-12) of one gate's facts documents, from the definition that the gate itself parses by. */
export const factsJsonSchema = (gate: Decision['gate']): Readonly<Record<string, unknown>> => published(facts[gate], { id: `urn:sallyport:facts:${gate}:1`, title: `Facts for the ${gate} gate`, description: factsDescription });

/** The JSON Schema (2020-12) of a decision, as `sallyport gate … --json` prints it. */
export const decisionJsonSchema = (): Readonly<Record<string, unknown>> => published(decision, { id: 'urn:sallyport:decision:1', title: 'Sallyport decision', description: 'What a gate decided, every rule with its reason and what it counted, and the inputs that it can be made again from.' });

function published(schema: z.ZodType, { id, title, description }: Meta): Readonly<Record<string, unknown>> {
  const metadata = z.registry<Meta>();
  for (const [part, name, meaning] of parts) metadata.add(part, { id: name, title: name, description: meaning });
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', metadata, override: describeField });
  return { $schema, $id: id, title, description, ...rest };
}

/** What a field says of itself with `describe` goes before what its shape says wherever it stands. */
function describeField({ zodSchema, jsonSchema }: { readonly zodSchema: z.core.$ZodType; readonly jsonSchema: { description?: string } }): void {
  const own = z.globalRegistry.get(zodSchema)?.description;
  if (own !== undefined) jsonSchema.description = own;
}
