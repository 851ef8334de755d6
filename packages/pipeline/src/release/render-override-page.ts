import { decision as decisionSchema, neededApprovals, shortDigest } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import type { OverridePolicy } from '@sallyport/policy';
import { lastSucceeded } from '../ledger-state.ts';
import type { LedgerState, RecordedForm, RegisteredBuild } from '../ledger-state.ts';
import { code, escapeMarkdown } from '../markdown-text.ts';
import { judges } from '../recorded-merge.ts';

export type AskedByForm = Extract<RecordedForm['command'], { readonly name: 'override' }>;

export type OverrideQuestion = {
  readonly state: LedgerState;
  readonly environment: string;
  readonly build: RegisteredBuild;
  readonly requester: string;
  readonly rule: OverridePolicy;
  /** What the form asked for, as it was recorded; null: it was asked for otherwise, and the request itself says what. */
  readonly form: AskedByForm | null;
  /** The changes between what runs and the build, as recorded when each was allowed to merge. */
  readonly merges: readonly MergeFacts[];
  /** What could not be covered, in words; null when nothing is missing. */
  readonly missing: string | null;
};

/** What a security lead wants to see before saying yes: what runs, what would run, the changes between, who tested and reviewed them, what is waived and for how long. */
export function renderOverridePage({ state, environment, build, requester, rule, form, merges, missing }: OverrideQuestion): string {
  const running = lastSucceeded(state, environment);
  return [
    `### What is asked`,
    '',
    '| | |',
    '|---|---|',
    `| asked for by | ${escapeMarkdown(requester)}, who cannot approve it |`,
    `| runs now | ${running === null ? 'nothing' : `${escapeMarkdown(running.version)} (${code(shortDigest(running.build))}), by ${code(running.tag)}`} |`,
    `| would run | ${escapeMarkdown(build.version)} (${code(shortDigest(build.digest))}) of commit ${code(build.commit.slice(0, 12))} |`,
    ...(form === null ? [] : formRows(form)),
    `| waived | ${rule.waives.filter((kind) => form === null || form.waives.includes(kind)).map(escapeMarkdown).join(', ')}; never tests, review, provenance or staging |`,
    `| needs | ${neededApprovals(rule, rule.waives)} of ${escapeMarkdown(rule.approvers.team)} |`,
    `| until | ${Math.min(rule.expiresAfterSeconds, form?.holdsSeconds ?? Infinity) / 3600} h after the last approval that counts |`,
    '',
    '### The changes between',
    '',
    ...(merges.length === 0 ? ['None that the record knows of.'] : ['| change | by | tests | reviewed by |', '|---|---|---|---|', ...merges.map((facts) => changeRow(state, facts))]),
    ...(missing === null ? [] : ['', `**Not the whole of it:** ${escapeMarkdown(missing)}`]),
    '',
  ].join('\n');
}

const urgencies: Readonly<Record<AskedByForm['urgency'], string>> = {
  exploited: 'it is being exploited',
  'exploit-public': 'an exploit is public',
  undisclosed: 'serious, and not public yet',
  incident: 'service or data are at risk',
};

const formRows = ({ urgency, advisory, reason }: AskedByForm): readonly string[] => [
  `| urgency | ${urgencies[urgency]} |`,
  `| advisory | ${advisory === null ? 'none' : escapeMarkdown(advisory)} |`,
  `| reason | ${escapeMarkdown(reason)} |`,
];

function changeRow(state: LedgerState, facts: MergeFacts): string {
  const { number, author, head } = facts.pullRequest;
  const made = state.decisions.findLast((one) => one.outcome === 'allow' && judges(one, { number, base: null, headSha: head.sha, groupSha: facts.group?.headSha ?? null }));
  const parsed = made === undefined ? undefined : decisionSchema.safeParse(made.decision);
  const counted = (rule: string): string => {
    const judged = parsed?.success === true ? (parsed.data.rules.find((one) => one.rule === rule)?.judged ?? []) : [];
    return judged.filter((one) => one.counted).map(({ what }) => escapeMarkdown(what)).join(', ') || 'not recorded';
  };
  return `| #${number} | ${escapeMarkdown('known' in author ? author.known.login : 'unknown')} | ${counted('tests')} | ${counted('review')} |`;
}
