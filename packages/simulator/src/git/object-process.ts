import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { gitEnvironment, GitFailure } from './run-git.ts';

export type ObjectHeader = { readonly sha: string; readonly type: string; readonly sizeBytes: number };
export type GitObject = ObjectHeader & { readonly bytes: Buffer };

/** One `git cat-file --batch-command` for a repository: started by the first question, it answers all that follow in their order. */
export type ObjectProcess = {
  /** What a revision names; null when it names nothing, or more than one thing. */
  info(revision: string): Promise<ObjectHeader | null>;
  /** As `info`, with the object itself. */
  contents(revision: string): Promise<GitObject | null>;
  /** Ends the process; resolves when it is gone. Later questions are refused. */
  close(): Promise<void>;
};

type Question = { readonly command: 'info' | 'contents'; resolve(object: GitObject | null): void; reject(error: Error): void };
type Running = { readonly child: ChildProcessWithoutNullStreams; readonly questions: Question[]; readonly gone: Promise<void> };

const args = ['cat-file', '--batch-command'];
const nothing = Buffer.alloc(0);

/** Needs git 2.36 for `--batch-command`. */
export function createObjectProcess(gitDir: string): ObjectProcess {
  let running: Running | null = null;
  let closed = false;
  const ask = (command: Question['command'], revision: string): Promise<GitObject | null> => {
    if (closed) return Promise.reject(new GitFailure(args, null, `asked about ${revision} after the repository was closed`));
    // A line's end would be the next question.
    if (/[\n\0]/.test(revision) || revision === '') return Promise.resolve(null);
    const current = (running ??= start(gitDir, () => { running = null; }));
    return new Promise((resolve, reject) => {
      current.questions.push({ command, resolve, reject });
      current.child.stdin.write(`${command} ${revision}\n`);
    });
  };
  return {
    info: async (revision) => ask('info', revision),
    contents: async (revision) => ask('contents', revision),
    close: async () => {
      closed = true;
      const last = running;
      last?.child.stdin.end();
      await last?.gone;
    },
  };
}

/** `ended` is called before the open questions are refused, so that the next question starts a new process. */
function start(gitDir: string, ended: () => void): Running {
  const child = spawn('git', ['--git-dir', gitDir, ...args], { env: gitEnvironment(gitDir), stdio: 'pipe' });
  const questions: Question[] = [];
  const refuse = (error: GitFailure): void => {
    ended();
    for (const question of questions.splice(0)) question.reject(error);
  };
  readAnswers(child, questions);
  // What git thinks of odd revisions is told in the answers too.
  child.stderr.resume();
  child.stdin.on('error', () => undefined);
  child.on('error', (cause) => { refuse(new GitFailure(args, null, cause.message, cause)); });
  const gone = new Promise<void>((resolve) => {
    child.on('close', (exitCode) => {
      refuse(new GitFailure(args, exitCode, 'ended before it had answered'));
      resolve();
    });
  });
  return { child, questions, gone };
}

/** `<sha> <type> <size>`, followed by the object and a line's end when contents were asked for; any other line is a no. */
function readAnswers(child: ChildProcessWithoutNullStreams, questions: Question[]): void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < wanted) return;
    wanted = 0;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (let question = questions[0]; question !== undefined; question = questions[0]) {
      const answer = readAnswer(bytes, question.command);
      if (answer.kind === 'partial') {
        wanted = answer.endsAt;
        break;
      }
      bytes = bytes.subarray(answer.endsAt);
      questions.shift();
      question.resolve(answer.object);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    held = bytes.length;
  });
}

type Answer = { readonly kind: 'partial'; /** How many bytes the answer needs at least. */ readonly endsAt: number } | { readonly kind: 'whole'; readonly object: GitObject | null; readonly endsAt: number };

function readAnswer(bytes: Buffer, command: Question['command']): Answer {
  const line = bytes.indexOf('\n');
  if (line === -1) return { kind: 'partial', endsAt: bytes.length + 1 };
  const match = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/.exec(bytes.toString('utf8', 0, line));
  if (match === null) return { kind: 'whole', object: null, endsAt: line + 1 };
  const [, sha = '', type = '', size = '0'] = match;
  const header = { sha, type, sizeBytes: Number(size) };
  if (command === 'info') return { kind: 'whole', object: { ...header, bytes: nothing }, endsAt: line + 1 };
  const end = line + 1 + header.sizeBytes;
  if (bytes.length < end + 1) return { kind: 'partial', endsAt: end + 1 };
  // A copy: a view would keep the whole chunk alive for as long as the object is cached.
  return { kind: 'whole', object: { ...header, bytes: Buffer.from(bytes.subarray(line + 1, end)) }, endsAt: end + 1 };
}
