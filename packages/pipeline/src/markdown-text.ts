/** Text from outside cannot make links, mentions, markup, entities, formulas, table cells or new lines, nor turn its direction. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, (character) => `\\${character}`)
    .replace(/\$/g, '&#36;')
    .replace(/@/g, '@\u2060')
    .replace(/\b(https?|ftp|www)(?=[:.])/gi, '$1\u2060');
}

/** A code span that its own content cannot close. */
export function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const flat = oneLine(text).replace(/\|/g, ' ');
  return fence.length === 1 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}

/** A link to an address from outside; where it is no plain web address, the text alone. */
export function linkTo(url: string | undefined, text: string): string {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') || parsed.username !== '' || parsed.password !== '') return escapeMarkdown(text);
  const address = parsed.href.replace(/[()<>|\\`*_[\]~$'"\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `[${escapeMarkdown(text)}](${address})`;
}

/** Text from outside on one line: a file name with a line end must not become a workflow command in a log. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

/** At most `length` characters, a cut marked, and no character cut in two. */
export const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`);

/** An answer to a person, a paragraph for each line. Numbers of issues stay links. */
export const answerLines = (answer: string): string => answer.split('\n').map((line) => escapeMarkdown(line).replace(/\\#(?=\d)/g, '#')).join('\n\n');
