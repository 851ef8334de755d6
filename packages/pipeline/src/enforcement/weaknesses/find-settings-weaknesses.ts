import type { Context } from '../context.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { overrideLabel } from '../wanted-enforcement.ts';
import { setUp } from '../words.ts';

const where = 'settings of Actions';

/** The settings of the repository that the lock leans on. */
export function findSettingsWeaknesses({ enforcement, policy }: Context): Findings {
  const { actions, token, immutableReleases, labels } = enforcement;
  return together([
    actions.state === 'hidden' ? notSeen(where, actions.why, { lock: false }) : judgeActions(actions.value),
    token.state === 'hidden' ? notSeen('what the token of a workflow may do by default', token.why, { lock: false }) : judgeToken(token.value),
    immutableReleases.state === 'hidden' ? notSeen('whether releases are immutable', immutableReleases.why, { lock: false }) : judgeReleases(immutableReleases.value),
    policy.overrides.length === 0 ? nothingFound : labels.state === 'hidden' ? notSeen('labels', labels.why, { lock: false }) : judgeLabels(labels.value),
  ]);
}

function judgeActions({ enabled, pinned }: { readonly enabled: boolean; readonly pinned: boolean | null }): Findings {
  if (!enabled) return found({ code: 'actions-off', where, message: 'Actions are turned off for this repository: nothing tests, builds or promotes.', next: 'Turn them on (Settings, Actions, General).' });
  if (pinned === null) return notSeen('whether actions have to be pinned', 'this GitHub does not say', { lock: false });
  return pinned ? nothingFound : found({ code: 'actions-unpinned-allowed', where, message: '“Require actions to be pinned to a full-length commit SHA” is off.', next: setUp });
}

const judgeToken = ({ writes, mayApprove }: { readonly writes: boolean; readonly mayApprove: boolean }): Findings =>
  together([
    writes ? found({ code: 'token-writes', where, message: 'A workflow that names no permissions gets a token that may write.', next: setUp }) : nothingFound,
    mayApprove ? found({ code: 'actions-approve', where, message: '“Allow GitHub Actions to create and approve pull requests” is on. Sallyport counts no such approval; a rule of GitHub’s own would.', next: setUp }) : nothingFound,
  ]);

const judgeReleases = (immutable: boolean): Findings =>
  immutable ? nothingFound : found({ code: 'releases-mutable', where: 'settings of releases', message: 'Releases are not immutable. A deploy refuses files that were exchanged, by their digests; what people download is not looked at.', next: setUp });

const judgeLabels = (labels: readonly string[]): Findings =>
  labels.includes(overrideLabel) ? nothingFound : found({ code: 'label-missing', where: 'labels', message: `${overrideLabel} is not there, and GitHub leaves out a label of a form that it does not know.`, next: setUp });
