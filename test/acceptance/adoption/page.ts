import { stableText } from './stable-text.ts';
import type { Said } from './terminal.ts';

/** A page of Markdown that grows as things happen. */
export type Page = {
  /** Headings and sentences, as they are. */
  write(markdown: string): void;
  /** What was typed and said; `from`: what it said before the first line that begins so is left out. */
  show(said: Said, from?: string): void;
  /** What the people of the story did and saw. */
  tell(story: string): void;
  text(): string;
};

export function beginPage(): Page {
  const parts: string[] = [];
  const block = (text: string): void => void parts.push(`\`\`\`text\n${stableText(text).replaceAll(/[ \t]+$/gm, '').trim()}\n\`\`\``);
  return {
    write: (markdown) => void parts.push(markdown.trim()),
    show: ({ line, text, status }, from) => block(`$ ${line}\n${from === undefined ? text : `…\n${text.slice(text.indexOf(`\n${from}`) + 1)}`}${status === 0 ? '' : `(exit status ${status})`}`),
    tell: block,
    text: () => `${parts.join('\n\n')}\n`,
  };
}
