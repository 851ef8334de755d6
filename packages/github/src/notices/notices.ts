import type { Person } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import type { Notices } from '@sallyport/pipeline';
import type { Place } from '../repository.ts';
import { giveOnGitHub } from './give-on-github.ts';
import { postWebhook } from './post-webhook.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';

/** Addresses of incoming webhooks; whoever has one can write there, so they are secrets. null: there is none. */
export type Webhooks = { readonly slack: string | null; readonly teams: string | null };

export const noWebhooks: Webhooks = { slack: null, teams: null };

/** Tells people by comments, Slack and Microsoft Teams. `repository` (owner/name) goes into what leaves GitHub, where it is not plain. */
export function createNotices(place: Place, isOurs: (author: Person | null) => Promise<boolean>, { slack, teams }: Webhooks): Notices {
  const about = { repository: `${place.owner}/${place.repo}` };
  return {
    give: async (channel, notice, mention) => {
      switch (channel) {
        case 'github':
          await giveOnGitHub(place, isOurs, notice, mention);
          return;
        case 'slack':
          await postWebhook({ what: 'Slack', address: given(slack, 'Slack', 'SALLYPORT_SLACK_WEBHOOK'), body: slackMessage(notice, about) });
          return;
        case 'teams':
          await postWebhook({ what: 'Microsoft Teams', address: given(teams, 'Microsoft Teams', 'SALLYPORT_TEAMS_WEBHOOK'), body: teamsMessage(notice, about) });
          return;
        default:
          channel satisfies never;
      }
    },
  };
}

function given(address: string | null, what: string, secret: string): string {
  if (address !== null) return address;
  throw new OutsideError('refused', `The policy wants ${what} told, and there is no webhook: set the secret ${secret} in the environment \`sallyport\`, or take ${what} out of \`notify\``, { retryable: false });
}
