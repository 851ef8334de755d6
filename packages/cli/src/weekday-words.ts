/**
 * How many days ahead a weekday is meant, by the words around it; weekdays as `Date` numbers them. `next saturday` is the
 * first one after today, so on a Saturday the one in a week; `last saturday` the one before today; `saturday` and
 * `this saturday` may be today. As `date` of GNU reads them. Libraries differ: to some, `next saturday` on a Wednesday is that of the week after.
 */
export function daysToWeekday(today: number, weekday: number, words: string): number {
  const ahead = (weekday - today + 7) % 7;
  if (/\bnext\b/i.test(words)) return ahead === 0 ? 7 : ahead;
  if (/\b(?:last|past)\b/i.test(words)) return ahead - 7;
  return ahead;
}
