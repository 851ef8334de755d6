import { oneLine } from '../markdown-text.ts';

/** Markup of our own. Text from outside becomes such only through `text`. */
export type Html = { readonly html: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text from outside: no markup, no control characters, nothing that turns its direction. */
export const escapeHtml = (value: string): string => oneLine(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** A template whose values are escaped, unless they are markup of our own or lists of it. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | readonly Html[] | string | number)[]): Html {
  return { html: parts.map((part, index) => part + valueText(values[index])).join('') };
}

function valueText(value: Html | readonly Html[] | string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

export const nothing: Html = { html: '' };

/** A link where the address is a plain web address without a name and password in it, else the text alone. */
export function link(url: string | null, label: string): Html {
  const parsed = url !== null && URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.username !== '' || parsed.password !== '') return html`${label}`;
  return html`<a href="${parsed.href}" rel="noopener noreferrer">${label}</a>`;
}
