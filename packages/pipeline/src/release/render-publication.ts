import { describeInstant } from '@sallyport/calendar';
import { zoneOf } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import type { EndedPromotion, RegisteredBuild } from '../ledger-state.ts';
import { code, escapeMarkdown } from '../markdown-text.ts';

export type Publication = {
  readonly policy: Policy;
  readonly environment: EnvironmentPolicy;
  readonly build: RegisteredBuild;
  /** The first that succeeded there with this version. */
  readonly promotion: EndedPromotion;
  /** Changes since the version that was published before, as recorded when each was allowed to merge. */
  readonly merges: readonly MergeFacts[];
  /** The name of the file that holds the ledger's checkpoint. */
  readonly checkpoint: string;
};

/** What a release says: which build it is, since when it is in production, what came with it, and how to check that. Markdown. */
export function renderPublication({ policy, environment, build, promotion, merges, checkpoint }: Publication): string {
  const since = describeInstant(Date.parse(promotion.end.endedAt), zoneOf(policy, environment));
  return [
    `Build ${escapeMarkdown(build.version)} of commit ${code(build.commit)}, in **${escapeMarkdown(environment.name)}** since ${escapeMarkdown(since)}, by ${code(promotion.tag)}.`,
    '',
    '| artifact | digest |',
    '|---|---|',
    ...build.artifacts.map((artifact) => `| ${escapeMarkdown('image' in artifact ? artifact.image : artifact.name)} | ${code(artifact.digest)} |`),
    ...(build.artifacts.some((artifact) => 'name' in artifact) ? ['', `The files are kept under ${code(build.release)}.`] : []),
    ...(merges.length === 0 ? [] : ['', '### Changes', '', ...merges.map(changeLine)]),
    '',
    '### Proof',
    '',
    `${code(checkpoint)} is the ledger's checkpoint at that time. Whoever keeps it can tell whether the record was rewritten since: ${code(`sallyport ledger verify --against ${checkpoint}`)}.`,
  ].join('\n');
}

const changeLine = ({ pullRequest: { number, author } }: MergeFacts): string => `- #${number}${'known' in author ? ` by ${escapeMarkdown(author.known.login)}` : ''}`;
