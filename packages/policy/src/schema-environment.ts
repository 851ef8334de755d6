import * as z from 'zod';
import { duration, name, workflow } from './policy-fields.ts';

const after = z
  .strictObject({
    environment: name.describe('The environment a build must have been healthy in before.'),
    soak: duration.default('24h').describe('How long it must have been healthy there without a break, for example 24h.'),
  })
  .describe('What comes before. Left out: nothing, except that production comes after staging with a soak of 24h.');

const health = z
  .strictObject({
    workflow: workflow.describe('The workflow whose runs on the default branch probe this environment: success is healthy, failure is not.'),
    every: duration.describe('How often it runs at least, for example 15m. Silence of more than twice that is no health.'),
  })
  .describe('How the environment is watched after a deploy. Left out: the success of the deploy is all that is known of its health.');

export const environment = z
  .strictObject({
    workflow: workflow.default('.github/workflows/deploy.yml').describe('The workflow a promotion to this environment starts.'),
    'start-within': duration.optional().describe('How soon after a promotion its deploy has to have begun, from 5m to 24h. Left out: 1h. Without one by then the promotion is over, and what would start later is refused.'),
    after: after.optional(),
    window: name.optional().describe('Name of the window deploys start in, or "anytime". Left out: anytime for an environment nothing comes before, "saturday-morning" for the others and for production.'),
    promote: z.enum(['automatic', 'scheduled']).default('automatic').describe('automatic: when everything is fulfilled. scheduled: a release manager says which window.'),
    'must-fit': z.boolean().default(true).describe('Do not start what is not expected to end before the window closes.'),
    override: name.optional().describe('Name of the override rule for urgent deploys. Left out: there is none.'),
    rollback: z.enum(['anytime', 'window']).default('window').describe('When an older build that was healthy here may come back.'),
    health: health.optional(),
  })
  .describe('One place builds are deployed to.');

/** An environment as written, with the defaults that depend on nothing else. */
export type EnvironmentFile = z.output<typeof environment>;
