import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import type { GitAccess } from './git-access.ts';

/** Git is not there, did not end, or refused. The message holds no credential: git is never told one on its command line. */
export class GitProblem extends Error {
  readonly code = 'git-problem';
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'GitProblem';
  }
}

export type GitResult = {
  readonly exitCode: number;
  /** What git printed, and the same as text. */
  readonly bytes: Uint8Array;
  readonly output: string;
  readonly problem: string;
};

export type GitRunOptions = {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** What git reads. Default: nothing. */
  readonly input?: string;
  /** How much git may print. Default 16 MiB. */
  readonly mostBytes?: number;
};

/** Variables that say where git is and how the network is reached. Everything else of the caller's stays outside. */
const passedOn = ['PATH', 'SYSTEMROOT', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR'] as const;

const nobody = { NAME: 'Sallyport', EMAIL: 'merge@sallyport.invalid', DATE: '1970-01-01T00:00:00Z' };

/**
 * An environment in which git reads nobody's settings, runs no hooks, asks no questions and talks to one host only. The
 * credential goes in as a setting in the environment, where no list of processes and no error shows it.
 */
export function gitEnvironment(caller: Readonly<Record<string, string | undefined>>, home: string, { url, authorization }: GitAccess): Readonly<Record<string, string>> {
  const settings: readonly (readonly [string, string])[] = [
    ['remote.origin.url', url],
    ['protocol.version', '2'],
    ['credential.helper', ''],
    ['core.hooksPath', devNull],
    ['core.attributesFile', devNull],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['transfer.fsckObjects', 'true'],
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '30'],
    // Only for this address, so that it goes nowhere else.
    ...(authorization === null ? [] : [[`http.${url}.extraHeader`, `Authorization: ${authorization}`] as const]),
  ];
  return {
    ...Object.fromEntries(passedOn.flatMap((name) => (caller[name] === undefined ? [] : [[name, caller[name]]]))),
    ...Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((role) => Object.entries(nobody).map(([field, value]) => [`GIT_${role}_${field}`, value]))),
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: new URL(url).protocol.replace(/:$/, ''),
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]])),
  };
}

/** Runs git and gives its exit code. Throws GitProblem when it could not be run, did not end in time, or printed too much. */
export function runGit(args: readonly string[], { folder, environment, timeoutMilliseconds, input = '', mostBytes = 16 * 1024 * 1024 }: GitRunOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const git = execFile('git', [...args], { cwd: folder, env: environment, encoding: 'buffer', timeout: timeoutMilliseconds, killSignal: 'SIGKILL', maxBuffer: mostBytes }, (error, bytes, problem) => {
      const result = (exitCode: number, why: string): GitResult => ({
        exitCode,
        bytes,
        get output() {
          return bytes.toString('utf8');
        },
        problem: why,
      });
      if (error === null) resolve(result(0, ''));
      else if (typeof error.code === 'number') resolve(result(error.code, lastLine(problem.toString('utf8'))));
      // The cause is left out: it repeats the command with its environment's paths.
      else reject(new GitProblem(error.killed === true ? `git ${args[0] ?? ''} did not end within ${timeoutMilliseconds / 1000} s` : `git could not be run (${String(error.code ?? 'unknown')})`));
    });
    // Git may end before it has read everything; what became of it is in its exit code.
    git.stdin?.on('error', () => undefined);
    git.stdin?.end(input);
  });
}

const longestShown = 200;

const lastLine = (text: string): string => (text.trim().split('\n').at(-1) ?? '').slice(0, longestShown);
