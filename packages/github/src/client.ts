import { setTimeout as sleep } from 'node:timers/promises';
import { Octokit } from '@octokit/rest';
import { throttling } from '@octokit/plugin-throttling';
import type { ThrottlingOptions } from '@octokit/plugin-throttling';
import { createAppAuth } from '@octokit/auth-app';
import { known } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import * as z from 'zod';
import type { AnswerCache } from './answer-cache.ts';
import { createAnswerSeal } from './answer-seal.ts';
import { askAgain } from './ask-again.ts';
import { createEarlyFetch } from './ask-early.ts';
import type { EarlyAnswer } from './ask-early.ts';
import { explainFailure, malformedAnswer } from './explain-failure.ts';
import type { Asked, Failure } from './explain-failure.ts';
import { basicAuthorization, cloneUrl } from './git-access.ts';
import type { GitAccess } from './git-access.ts';
import { createKeptAnswerFetch } from './kept-answer-fetch.ts';
import { createWholeBodyFetch } from './whole-body-fetch.ts';
import type { Heard } from './whole-body-fetch.ts';
import { createParallel } from './parallel.ts';
import { createRetryLimiter } from './retry-limiter.ts';
import { createWritePace } from './write-pace.ts';

export type GitHubAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  /** A GitHub App, as its installation on `owner/name`. Its JWT is dated by the local clock; GitHub refuses one that is minutes off. */
  | { readonly kind: 'app'; readonly appId: number; readonly privateKeyPem: string; readonly owner: string; readonly name: string };

export type GitHubClientOptions = {
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly baseUrl: string;
  readonly auth: GitHubAuth;
  readonly userAgent: string;
  /** Told one line per request; never sees a token or a body. */
  readonly log?: (line: string) => void;
  readonly fetch?: typeof globalThis.fetch;
  readonly onResponse?: (heard: Heard) => void;
  /** Where the App of `auth` is installed, when that was asked for already. */
  readonly early?: EarlyAnswer;
  /** Keeps answers, sealed with the credential, so that what has not changed is not sent again. Without a credential nothing is kept. */
  readonly cache?: AnswerCache;
  /** For one whole answer. Default 30 s. */
  readonly timeoutMilliseconds?: number;
  /** How often a question that is safe to repeat is asked again after 5xx, a broken connection or a secondary limit. Default 3. */
  readonly retries?: number;
  /** Length of one unit of waiting: waits are 1, 4, 9 units, and a secondary limit's seconds in units. Default 1000. */
  readonly waitUnitMilliseconds?: number;
  /** A limit that asks for a longer wait is reported instead of waited for. Default 60. */
  readonly longestWaitSeconds?: number;
};

/** One request. `why` completes the sentence "… when asked GET /x". */
export type Question<T> = {
  readonly route: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly shape: z.ZodType<T>;
  readonly why: string;
  /** GET and HEAD always are. Set it for a write that leaves the same state when it arrives twice. */
  readonly safeToRepeat?: boolean;
  /** Hand the body over as bytes instead of JSON. */
  readonly bytes?: boolean;
  /** As the App itself rather than as its installation: for what belongs to no repository. */
  readonly asApp?: boolean;
};

export type Answer<T> = { readonly status: number; readonly data: T; readonly link: string | null; readonly date: string | null };

/** An answer, or one of the refusals the asker is prepared for. */
export type AnswerOr<T> = ({ readonly ok: true } & Answer<T>) | { readonly ok: false; readonly status: number; readonly message: string };

export type GitHubClient = {
  /** Throws OutsideError. */
  ask<T>(question: Question<T>): Promise<Answer<T>>;
  /** As `ask`, but the listed statuses are values. */
  askOr<T>(expected: readonly number[], question: Question<T>): Promise<AnswerOr<T>>;
  /** Tells `listener` of every answer of the server's own as it arrives; what was kept and not asked for is none. */
  hear(listener: (heard: Heard) => void): void;
  /** The App that writes are made by; null when that is not known beforehand. */
  readonly appId: number | null;
  /** How git reads the same repository with the same credential. Unknown where that would not be safe. */
  gitAccess(repository: { readonly owner: string; readonly repo: string }): Promise<Fact<GitAccess>>;
};

const writesPerMinute = 60;
/** GitHub allows 100 at once for everybody who shares a credential (GitHub Docs, "Rate limits for the REST API", November 2026). */
const requestsAtOnce = 60;
const Kit = Octokit.plugin(throttling);

/** Connects to GitHub's REST interface. Nothing is requested before the first question. */
export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const host = hostOf(options.baseUrl);
  const listeners: ((heard: Heard) => void)[] = [(heard) => options.onResponse?.(heard)];
  const connection = connect(options, (heard) => {
    for (const listener of listeners) listener(heard);
  });
  const ask = async <T>(question: Question<T>): Promise<Answer<T>> => {
    const asked: Asked = { what: describe(question), why: question.why, host };
    const response = await request(connection, question).catch((error: unknown) => {
      throw explain(asked, error);
    });
    return read(asked, question, response);
  };
  return {
    ask,
    askOr: async <T>(expected: readonly number[], question: Question<T>): Promise<AnswerOr<T>> => {
      try {
        return { ok: true, ...(await ask(question)) };
      } catch (error) {
        const failure = failureOf((error as Error).cause);
        if (failure?.status == null || !expected.includes(failure.status) || isLimit(error)) throw error;
        return { ok: false, status: failure.status, message: failure.message };
      }
    },
    hear: (listener) => {
      listeners.push(listener);
    },
    appId: options.auth.kind === 'app' ? options.auth.appId : null,
    gitAccess: async (repository) => {
      const url = cloneUrl(options.baseUrl, repository);
      return 'unknown' in url ? url : known({ url: url.known, authorization: await gitAuthorization(options.auth, connection) });
    },
  };
}

const installationToken = z.looseObject({ token: z.string().min(1) });

async function gitAuthorization(auth: GitHubAuth, connection: Connection): Promise<string | null> {
  switch (auth.kind) {
    case 'none':
      return null;
    case 'token':
      return basicAuthorization(auth.token);
    case 'app': {
      const kit = await connection.asSelf();
      return basicAuthorization(installationToken.parse(await kit.auth({ type: 'installation' })).token);
    }
    default:
      return auth satisfies never;
  }
}

const isLimit = (error: unknown): boolean => (error as { code?: unknown }).code === 'rate-limited';

type Connection = { readonly asSelf: () => Promise<Octokit>; readonly asApp: Octokit };

function connect(options: GitHubClientOptions, onResponse: (heard: Heard) => void): Connection {
  const { auth, retries = defaultRetries, waitUnitMilliseconds = 1000 } = options;
  const common = kitOptions(options, chooseFetch(options, onResponse));
  const makeKit = (more: object): Octokit => {
    const kit = new Kit({ ...common, ...more });
    askAgain(kit, { times: retries, unitMilliseconds: waitUnitMilliseconds, sleep: (milliseconds) => sleep(milliseconds) });
    return kit;
  };
  switch (auth.kind) {
    case 'none':
    case 'token': {
      const kit = makeKit(auth.kind === 'token' ? { auth: auth.token } : {});
      return { asApp: kit, asSelf: () => Promise.resolve(kit) };
    }
    case 'app': {
      const app = { appId: auth.appId, privateKey: auth.privateKeyPem };
      const asApp = makeKit({ authStrategy: createAppAuth, auth: app });
      let installation: Promise<Octokit> | null = null;
      const install = async (): Promise<Octokit> => {
        const found = await asApp.request('GET /repos/{owner}/{repo}/installation', { owner: auth.owner, repo: auth.name });
        const { id } = installationAnswer.parse(found.data);
        return makeKit({ authStrategy: createAppAuth, auth: { ...app, installationId: id } });
      };
      const asSelf = (): Promise<Octokit> => {
        installation ??= install().catch((error: unknown) => {
          installation = null;
          throw error;
        });
        return installation;
      };
      return { asApp, asSelf };
    }
    default:
      return auth satisfies never;
  }
}

const installationAnswer = z.looseObject({ id: z.int().positive() });

const defaultRetries = 3;

function chooseFetch(options: GitHubClientOptions, onResponse: (heard: Heard) => void): typeof globalThis.fetch {
  const plain = options.fetch ?? globalThis.fetch;
  const fetch = createWholeBodyFetch({
    fetch: options.early === undefined ? plain : createEarlyFetch(plain, options.early),
    timeoutMilliseconds: options.timeoutMilliseconds ?? 30_000,
    onResponse,
  });
  const credential = credentialOf(options.auth);
  if (options.cache === undefined || credential === null) return fetch;
  return createKeptAnswerFetch({ fetch, baseUrl: options.baseUrl, cache: options.cache, seal: createAnswerSeal(credential) });
}

/** What only this process and its owner have, and what stays the same from run to run. */
function credentialOf(auth: GitHubAuth): string | null {
  switch (auth.kind) {
    case 'none':
      return null;
    case 'token':
      return `token ${auth.token}`;
    case 'app':
      return `app ${auth.appId} ${auth.privateKeyPem.trim()}`;
    default:
      return auth satisfies never;
  }
}

function kitOptions(options: GitHubClientOptions, fetch: typeof globalThis.fetch) {
  const { retries = defaultRetries, waitUnitMilliseconds = 1000, longestWaitSeconds = 60 } = options;
  const silent = () => undefined;
  const log = { debug: silent, info: (line: string) => options.log?.(line), warn: (line: string) => options.log?.(line), error: (line: string) => options.log?.(line) };
  const wanted = (after: number, _request: unknown, _kit: unknown, count: number): boolean => count < retries && after <= longestWaitSeconds;
  const pace = createWritePace(writesPerMinute, () => performance.now(), (milliseconds) => sleep(milliseconds)) as unknown as NonNullable<ThrottlingOptions['write']>;
  // The plugin takes a group of its own for everything; its types name only some of them.
  const groups = { global: createParallel(requestsAtOnce), auth: createParallel(1), retryLimiter: createRetryLimiter((milliseconds) => sleep(milliseconds)) } as object;
  return {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    userAgent: options.userAgent,
    log,
    request: { fetch, log },
    // Limits are counted per token at GitHub; clients of one process do not share a token here.
    throttle: { ...groups, id: options.userAgent, write: pace, notifications: pace, retryAfterBaseValue: waitUnitMilliseconds, fallbackSecondaryRateRetryAfter: 60, onRateLimit: wanted, onSecondaryRateLimit: wanted },
  };
}

type Received = { readonly status: number; readonly data: unknown; readonly headers: Readonly<Record<string, unknown>> };

async function request<T>(connection: Connection, question: Question<T>): Promise<Received> {
  const kit = question.asApp === true ? connection.asApp : await connection.asSelf();
  const safe = question.safeToRepeat ?? /^(GET|HEAD) /.test(question.route);
  const passing = { ...(safe ? {} : { retries: 0 }), ...(question.bytes === true ? { parseSuccessResponseBody: false } : {}) };
  return kit.request(question.route, { ...graphqlBase(kit, question), headers: { 'x-github-api-version': '2022-11-28' }, ...question.parameters, request: passing });
}

/** On a server of one's own, GraphQL is beside the REST interface and not below it (GitHub Enterprise Server Docs, "Forming calls with GraphQL", November 2026). */
const graphqlBase = (kit: Octokit, { route }: { readonly route: string }): { readonly baseUrl?: string } => (route === 'POST /graphql' ? { baseUrl: kit.request.endpoint.DEFAULTS.baseUrl.replace(/\/api\/v3$/, '/api') } : {});

async function read<T>(asked: Asked, question: Question<T>, { status, data, headers }: Received): Promise<Answer<T>> {
  const body = question.bytes === true ? new Uint8Array(await new Response(data as ConstructorParameters<typeof Response>[0]).arrayBuffer()) : data;
  // Octokit hands over as text (or bytes) what it could not read as JSON.
  if (question.bytes !== true && (typeof body === 'string' || body instanceof ArrayBuffer) && status !== 204) throw malformedAnswer(asked, 'it is not JSON', { retryable: true });
  const parsed = question.shape.safeParse(body);
  if (!parsed.success) throw malformedAnswer(asked, describeIssues(parsed.error), { retryable: false, cause: parsed.error });
  return { status, data: parsed.data, link: textHeader(headers['link']), date: textHeader(headers['date']) };
}

const textHeader = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const describeIssues = (error: z.ZodError): string => error.issues.slice(0, 3).map(({ path, message }) => `${path.map(String).join('.') || 'the answer'}: ${message}`).join('; ');

function explain(asked: Asked, error: unknown): Error {
  if (error instanceof z.ZodError) return malformedAnswer(asked, describeIssues(error), { retryable: false, cause: error });
  const failure = failureOf(error);
  if (failure !== null) return explainFailure(asked, failure, error);
  // Before any request: a private key that cannot be read, an address that is none.
  return explainFailure(asked, { status: 401, message: error instanceof Error ? error.message : 'the request could not be made', headers: {} }, error);
}

/** Octokit reports a connection that failed as status 500 without a response. */
function failureOf(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const response = 'response' in error ? (error.response as { headers?: Record<string, string>; data?: unknown } | undefined) : undefined;
  if (response === undefined) return { status: null, message: error.message, headers: {} };
  return { status: error.status, message: messageOf(response.data), headers: response.headers ?? {} };
}

const errorBody = z.looseObject({ message: z.string(), errors: z.array(z.union([z.string(), z.looseObject({ code: z.string().optional(), field: z.string().optional(), message: z.string().optional() })])).optional() });

function messageOf(data: unknown): string {
  const parsed = errorBody.safeParse(data);
  if (!parsed.success) return 'no explanation that could be read';
  const details = (parsed.data.errors ?? []).map((detail) => (typeof detail === 'string' ? detail : [detail.field, detail.code, detail.message].filter((part) => part !== undefined).join(' ')));
  return [parsed.data.message, ...details].join('; ');
}

function describe({ route, parameters = {} }: Question<unknown>): string {
  return route.replace(/\{(\w+)\}/g, (placeholder, name: string) => (typeof parameters[name] === 'string' || typeof parameters[name] === 'number' ? String(parameters[name]) : placeholder));
}

const hostOf = (baseUrl: string): string => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl);
