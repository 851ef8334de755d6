import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import type { Repository } from '../world/world.ts';
import { objectType, zeroSha } from './objects.ts';
import type { ObjectStore } from './object-store.ts';
import { flushPacket, pktLine, readPktLines } from './pkt-line.ts';
import { GitFailure, runGit, tryGit } from './run-git.ts';
import { updateRef } from './update-ref.ts';

type Command = { readonly ref: string; readonly before: string | null; readonly after: string | null };
type Verdict = { readonly command: Command; readonly refusal: string | null; readonly remarks: readonly string[] };

/** More than three tags in one push start no workflow (GitHub, "Events that trigger workflows", November 2026). */
const loudestTags = 3;

/**
 * Answers one git-receive-pack request. The pack is unpacked by git itself; every ref then moves through `updateRef`,
 * so a push obeys the same rulesets as REST. Objects of a refused push stay behind unreachable, as at GitHub.
 * Returns null when the request is no push.
 */
export async function receivePack(context: SimulatorContext, repository: Repository, actor: ActingUser, body: Buffer): Promise<Buffer | null> {
  const reading = readPktLines(body);
  if (reading === null || reading.lines.length === 0) return null;
  const capabilities = (reading.lines[0]?.toString('utf8').split('\0')[1] ?? '').trim().split(' ');
  const commands = reading.lines.map(parseCommand);
  // Push options follow in a section of their own.
  const pack = capabilities.includes('push-options') ? (readPktLines(reading.rest)?.rest ?? reading.rest) : reading.rest;
  const unpacked = await unpack(repository.gitDir, pack);
  const silent = commands.filter((command) => command.ref.startsWith('refs/tags/')).length > loudestTags;
  const verdicts: Verdict[] = [];
  for (const command of commands) verdicts.push(await carryOut(context, repository, actor, command, unpacked, silent));
  return report(unpacked, verdicts, capabilities.includes('side-band-64k'));
}

function parseCommand(line: Buffer): Command {
  const text = (line.toString('utf8').split('\0')[0] ?? '').trim();
  const [before = zeroSha, after = zeroSha, ...ref] = text.split(' ');
  return { ref: ref.join(' '), before: before === zeroSha ? null : before, after: after === zeroSha ? null : after };
}

/** null: fine; otherwise why the pack was not taken. */
async function unpack(gitDir: string, pack: Buffer): Promise<string | null> {
  if (pack.length === 0) return null;
  try {
    await runGit(gitDir, ['unpack-objects', '-q', '--strict'], { input: pack });
    return null;
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null) return 'unpacker error';
    throw error;
  }
}

async function carryOut(context: SimulatorContext, repository: Repository, actor: ActingUser, command: Command, unpacked: string | null, silent: boolean): Promise<Verdict> {
  const refused = (refusal: string, remarks: readonly string[] = []): Verdict => ({ command, refusal, remarks });
  if (unpacked !== null) return refused(unpacked);
  if ((await tryGit(repository.gitDir, ['check-ref-format', command.ref])) === null) return refused('funny refname');
  if (!/^refs\/(heads|tags)\//.test(command.ref)) return refused('deny updating a hidden ref');
  if (command.after !== null && !(await isWhole(repository.objects, command.ref, command.after))) return refused('missing necessary objects');
  const move = await updateRef(context, repository, actor, command.ref, command.before, command.after, { silent });
  switch (move.kind) {
    case 'moved':
      return { command, refusal: null, remarks: [] };
    case 'stale':
      return refused('failed to update ref');
    case 'refused':
      return refused('push declined due to repository rule violations', [
        `error: GH013: Repository rule violations found for ${command.ref}.`,
        ...move.violations.map((violation) => `- ${violation}`),
      ]);
    default:
      return move satisfies never;
  }
}

/** Branches hold commits, and everything the new tip needs is here. */
async function isWhole(objects: ObjectStore, ref: string, sha: string): Promise<boolean> {
  const type = await objectType(objects, sha);
  if (type === null || (ref.startsWith('refs/heads/') && type !== 'commit')) return false;
  return (await tryGit(objects.gitDir, ['rev-list', '--objects', '--quiet', sha, '--not', '--all'])) !== null;
}

/** The report-status answer, with the reasons on the progress band so that the client shows them as `remote:` lines. */
function report(unpacked: string | null, verdicts: readonly Verdict[], sideBand: boolean): Buffer {
  const lines = [
    pktLine(`unpack ${unpacked ?? 'ok'}\n`),
    ...verdicts.map(({ command, refusal }) => pktLine(refusal === null ? `ok ${command.ref}\n` : `ng ${command.ref} ${refusal}\n`)),
    flushPacket,
  ];
  const status = Buffer.concat(lines);
  if (!sideBand) return status;
  const remarks = verdicts.flatMap((verdict) => verdict.remarks).map((remark) => pktLine(Buffer.concat([Buffer.from([2]), Buffer.from(`${remark}\n`)])));
  return Buffer.concat([...remarks, pktLine(Buffer.concat([Buffer.from([1]), status])), flushPacket]);
}
