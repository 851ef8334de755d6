import type { Notice } from '@sallyport/pipeline';
import { forWebhooks } from './for-webhooks.ts';

/** In characters. Far below the 28 KB that a message may have (Microsoft Learn, "Limits and specifications for Microsoft Teams", November 2026). */
const longestLine = 2000;

/**
 * What a workflow of Teams takes that begins with “When a Teams webhook request is received”: a message with one Adaptive Card (Microsoft Learn, "Create incoming webhooks with Workflows", November 2026).
 * Text runs are no Markdown, so nothing from outside mentions or says another address than it leads to.
 */
export function teamsMessage({ title, lines }: Notice, { repository }: { readonly repository: string }) {
  const run = (text: string, style: object) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: forWebhooks(text, longestLine), ...style }] });
  const body = [run(title, { weight: 'Bolder', size: 'Medium' }), run(`In ${repository}.`, { isSubtle: true }), ...lines.map((line) => run(line, {}))];
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', body } }] };
}
