import { oneLine } from '@sallyport/pipeline';
import { withoutSecrets } from '../without-secrets.ts';

/** Text as it may leave GitHub: on one line, without what looks like a secret or an address of e-mail, at most so many characters. */
export function forWebhooks(text: string, most: number): string {
  const clean = oneLine(withoutSecrets(text));
  return clean.length <= most ? clean : `${clean.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
