import { cut, oneLine } from '@sallyport/pipeline';
import { withoutSecrets } from '../without-secrets.ts';

/** Text as it may leave GitHub: on one line, without what looks like a secret or an e-mail address, at most `most` UTF-16 units. */
export function forWebhooks(text: string, most: number): string {
  return cut(oneLine(withoutSecrets(text)), most);
}
