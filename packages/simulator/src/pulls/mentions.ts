import type { SimulatorContext } from '../context.ts';
import { addEvent } from '../git/follow-heads.ts';
import type { Pull } from '../world/world.ts';

/** Notes on the timeline who is called in a text, once each; the actor of the event is whoever was mentioned, as at GitHub. */
export function noteMentions(context: SimulatorContext, pull: Pull, text: string): void {
  const called = new Set([...text.matchAll(/(?<![\w`/@])@([A-Za-z\d](?:[A-Za-z\d-]{0,38}))/g)].map(([, login = '']) => login.toLowerCase()));
  for (const user of context.world.users.values()) {
    if (called.has(user.login.replace(/\[bot\]$/, '').toLowerCase())) addEvent(context, pull, 'mentioned', { user, app: null, builtIn: false }, {});
  }
}
