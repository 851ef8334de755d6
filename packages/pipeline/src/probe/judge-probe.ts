import { imageReference } from '@sallyport/gates';
import type { Running } from './what-runs.ts';

/** What came of asking an environment how it is. `why` begins a sentence. */
export type PageAnswer =
  | { readonly state: 'answered'; readonly status: number; readonly body: Uint8Array }
  | { readonly state: 'unreachable' | 'timed-out' | 'redirected' | 'too-large'; readonly why: string };

export type ProbeReason = 'ok' | 'given' | 'status' | Exclude<PageAnswer['state'], 'answered'> | 'field-unreadable' | 'other-build' | 'not-compared';

/** `null`: it says nothing, either way. */
export type ProbeFinding = { readonly healthy: boolean | null; readonly reason: ProbeReason; readonly summary: string; /** What the environment says it runs. */ readonly shown: string | null };

export type HealthTerms = {
  /** The statuses that are healthy. */
  readonly statuses: readonly number[];
  /** Where the body, as JSON, says what runs: names joined by dots. Null: it is not looked at. */
  readonly field: string | null;
  /** What has to be there: a version, commit, digest or image. Null: anything. */
  readonly expected: string | null;
};

/** Is the environment well? Whatever was not answered as it should be is not. */
export function judgeHealth(answer: PageAnswer, { statuses, field, expected }: HealthTerms): ProbeFinding {
  if (answer.state !== 'answered') return { healthy: false, reason: answer.state, summary: answer.why, shown: null };
  if (!statuses.includes(answer.status)) return { healthy: false, reason: 'status', summary: `It answers with status ${answer.status}, and ${statuses.join(' or ')} is healthy.`, shown: null };
  const well = `It answers with status ${answer.status}.`;
  if (field === null) return { healthy: true, reason: 'ok', summary: well, shown: null };
  const shown = readField(answer.body, field);
  if (shown === null) return { healthy: false, reason: 'field-unreadable', summary: unreadable(field), shown };
  if (expected !== null && !names(shown, [expected])) return { healthy: false, reason: 'other-build', summary: `It says that it runs ${shown}, and ${expected} is expected.`, shown };
  return { healthy: true, reason: 'ok', summary: `${well} It says that it runs ${shown}.`, shown };
}

/** Does it run what was promoted there? Only a difference is drift: what cannot be read is for the other job, or for the next probe. */
export function judgeDrift(answer: PageAnswer, field: string, running: Running | null): ProbeFinding {
  const says = (summary: string, shown: string | null = null): ProbeFinding => ({ healthy: null, reason: 'not-compared', summary, shown });
  if (running === null) return says('Nothing was promoted there with success yet, so there is nothing to compare with.');
  if (answer.state !== 'answered') return says(answer.why);
  const shown = readField(answer.body, field);
  if (shown === null) return says(unreadable(field));
  const { version, build, commit, artifacts, tag, underWay } = running;
  if (underWay.length > 0) return says(`${underWay.map((one) => one.tag).join(', ')} is under way, so it may run either.`, shown);
  if (names(shown, [version, build, commit, ...artifacts.flatMap((one) => ('image' in one ? [imageReference(one), one.digest] : []))])) return { healthy: true, reason: 'ok', summary: `It says that it runs ${shown}, which ${tag} brought there.`, shown };
  return { healthy: false, reason: 'other-build', summary: `It says that it runs ${shown}, and ${tag} brought ${version} (${build}) there. Find out who changed it.`, shown };
}

const unreadable = (field: string): string => `It does not say what it runs: its answer is no JSON with a text “${field}” of at most ${longestShown} plain characters.`;

const bare = (text: string): string => text.replace(/^sha256:/, '');
const names = (shown: string, any: readonly string[]): boolean => any.some((one) => bare(one) === bare(shown));

/** An image with its digest has at most 327. */
const longestShown = 400;

function readField(body: Uint8Array, field: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return null;
  }
  for (const name of field.split('.')) value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && value.length <= longestShown ? value : null;
}
