import type { Notice } from '@sallyport/pipeline';
import { forWebhooks } from './for-webhooks.ts';

/** In characters. Header and section: Slack Docs, "Header block" and "Section block", November 2026. The fallback is ours: one line of a notification. */
const longest = { header: 150, section: 3000, fallback: 600 } as const;

/**
 * What an incoming webhook of Slack takes. Blocks are plain text, in which nothing mentions or says another address than it leads to. `text`, for those who see no blocks, is read as markup,
 * whose control characters are `&`, `<` and `>` alone (Slack Docs, "Formatting message text", November 2026).
 */
export function slackMessage({ title, lines }: Notice, { repository }: { readonly repository: string }) {
  const plain = (text: string, most: number) => ({ type: 'plain_text', text: forWebhooks(text, most), emoji: false });
  const text = forWebhooks(`${repository}: ${title}`, longest.fallback).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return {
    text,
    blocks: [{ type: 'header', text: plain(title, longest.header) }, ...[`In ${repository}.`, ...lines].map((line) => ({ type: 'section', text: plain(line, longest.section) }))],
    unfurl_links: false,
    unfurl_media: false,
  };
}
