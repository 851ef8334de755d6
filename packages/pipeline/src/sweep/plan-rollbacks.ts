import { rollbackHoldsSeconds } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { buildsLike, openPromotions } from '../ledger-state.ts';
import type { RollbackRequest } from '../ports.ts';
import { mayBeTried, triesOfRollback } from '../tries.ts';
import type { Draft } from './draft.ts';
import { busyFollower, intendIfAllowed } from './plan-new-promotion.ts';
import type { View } from './view.ts';

/** Carries out, for one environment, the first rollback that the gate allows. What cannot go now is looked at again at the next sweep, while it holds. */
export async function planRollbacks(view: View, environment: EnvironmentPolicy, requests: readonly RollbackRequest[], draft: Draft): Promise<void> {
  for (const request of requests.filter((one) => one.environment === environment.name && isOpen(view, one))) {
    if (openPromotions(view.state, environment.name).length > 0 || draft.intends(environment.name)) return;
    const follower = busyFollower(view, environment, draft);
    if (follower !== null) {
      draft.note({ code: 'staging-held', message: `${environment.name} keeps what it runs while ${follower} is being deployed from it. The rollback of #${request.issue} waits.` });
      return;
    }
    await planRollback(view, environment, request, draft);
  }
}

async function planRollback(view: View, environment: EnvironmentPolicy, request: RollbackRequest, draft: Draft): Promise<void> {
  const { id, issue, digestPrefix, requester, reason, requestedAt, edited } = request;
  const [build, ...others] = buildsLike(view.state, digestPrefix);
  if (build === undefined || others.length > 0) {
    draft.note({ code: 'request-unreadable', message: `The rollback of #${issue} names ${digestPrefix}, which is ${build === undefined ? 'no registered build' : `the beginning of ${others.length + 1} builds`}. Ask again, with the digest that \`sallyport status\` shows.` });
    return;
  }
  await intendIfAllowed(view, environment, build, draft, { id, environment: environment.name, build: build.digest, requester, reason, requestedAt, edited, consumedBy: null });
}

/** Neither carried out nor too old: of old ones nothing is said any more. One whose deploy was never let in was not carried out. */
const isOpen = ({ state, at }: View, { id, environment, requestedAt }: RollbackRequest): boolean => at < requestedAt + rollbackHoldsSeconds * 1000 && mayBeTried(triesOfRollback(state, environment, id));
