import * as z from 'zod';

const payload = z.object({
  pull_request: z.object({ number: z.int().positive() }).optional(),
  workflow_run: z.object({ pull_requests: z.array(z.object({ number: z.int().positive() })) }).optional(),
});

export type MergeGateQuestion = {
  /** The `pull-request` input; empty when not given. */
  readonly input: string;
  readonly event: { readonly name: string; readonly payload: unknown };
  /** Every open pull request into a guarded branch. */
  readonly open: readonly number[];
};

/**
 * Which pull requests to judge: the one asked for, else the open ones the event is about, else all open ones. Events
 * from forks name none, and lost events are made up for, because a tick judges all.
 */
export function pullRequestsToJudge({ input, event, open }: MergeGateQuestion): readonly number[] {
  if (input !== '') {
    if (!/^[1-9][0-9]{0,8}$/.test(input)) throw new Error(`\`pull-request\` is "${input}"; it must be the number of a pull request.`);
    return [Number(input)];
  }
  const parsed = payload.safeParse(event.payload);
  const named = parsed.success ? [parsed.data.pull_request?.number, ...(parsed.data.workflow_run?.pull_requests.map(({ number }) => number) ?? [])].filter((number) => number !== undefined) : [];
  const judged = open.filter((number) => named.includes(number));
  return judged.length > 0 ? judged : open;
}

export type OpenPullRequest = { readonly number: number; readonly headSha: string };

/** The open pull requests with the same head as `number`, itself included; none when it is not open. */
export function sharingHead(open: readonly OpenPullRequest[], number: number): readonly OpenPullRequest[] {
  const head = open.find((one) => one.number === number)?.headSha;
  return open.filter(({ headSha }) => headSha === head);
}
