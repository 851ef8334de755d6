import type { ActingUser } from '../auth/viewer.ts';
import { isAncestor } from '../git/objects.ts';
import type { Pull, Repository, RuleSuite, Ruleset, World } from '../world/world.ts';
import { standingOf } from './bypass.ts';
import { rulesetsFor } from './match-ref.ts';
import { missingReviews, parsePullRule } from './pull-rule.ts';
import { missingChecks, parseRequiredChecks } from './required-checks.ts';

/** A ref about to move. null before: it is created; null after: it is deleted. `pull`: the move is that pull request's merge. */
export type ProposedUpdate = {
  readonly ref: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly actor: ActingUser;
  readonly pull: Pull | null;
};

type Rule = Ruleset['rules'][number];

/** What the rulesets in force say of an update. */
export type Judgement = {
  /** Every rule the update breaks, in GitHub's words; empty when it may go on. */
  readonly violations: readonly string[];
  /** As GitHub records it; null when no ruleset had a say. */
  readonly result: RuleSuite['result'] | null;
};

export async function judgeUpdate(world: World, repository: Repository, update: ProposedUpdate): Promise<Judgement> {
  const violations: string[] = [];
  const bypassed: string[] = [];
  let asked = false;
  for (const ruleset of rulesetsFor(repository, update.ref)) {
    const standing = standingOf(world, repository, ruleset, update.actor, update.pull !== null);
    if (standing === 'exempt') continue;
    asked = true;
    for (const rule of ruleset.rules) (standing === 'bypasses' ? bypassed : violations).push(...(await judgeRule(repository, update, rule)));
  }
  const passed = bypassed.length > 0 ? 'bypass' : asked ? 'pass' : null;
  return { violations: [...new Set(violations)], result: violations.length > 0 ? 'fail' : passed };
}

async function judgeRule(repository: Repository, update: ProposedUpdate, rule: Rule): Promise<readonly string[]> {
  const { before, after } = update;
  switch (rule.type) {
    case 'creation':
      return before === null ? ['Cannot create ref due to creations being restricted.'] : [];
    case 'update':
      return before !== null && after !== null ? ['Cannot update this protected ref.'] : [];
    case 'deletion':
      return after === null ? ['Cannot delete this protected ref.'] : [];
    case 'non_fast_forward':
      return before !== null && after !== null && !(await isAncestor(repository.objects, before, after)) ? ['Cannot force-push to this protected ref.'] : [];
    case 'required_status_checks':
      return judgeChecks(repository, update, rule);
    case 'pull_request':
      return judgePull(repository, update, rule);
    default:
      // A rule the simulator does not know is refused at creation; reaching this is a mistake that must not let an update pass.
      return [`Rule ${rule.type} is not simulated.`];
  }
}

async function judgeChecks(repository: Repository, update: ProposedUpdate, rule: Rule): Promise<readonly string[]> {
  if (update.after === null) return [];
  const required = parseRequiredChecks(rule.parameters);
  if (update.before === null && required.do_not_enforce_on_create) return [];
  const sha = update.pull === null ? update.after : update.pull.head.sha;
  const stale = update.pull !== null && required.strict_required_status_checks_policy && update.before !== null && !(await isAncestor(repository.objects, update.before, sha));
  return [...missingChecks(repository, required, sha), ...(stale ? ['The head branch is not up to date with the base branch.'] : [])];
}

function judgePull(repository: Repository, update: ProposedUpdate, rule: Rule): readonly string[] {
  if (update.before === null || update.after === null) return [];
  return update.pull === null ? ['Changes must be made through a pull request.'] : missingReviews(repository, update.pull, parsePullRule(rule.parameters));
}
