import type { CalendarPolicy } from '@sallyport/policy';

/** Where a calendar comes from and how it is read, in words: what was gathered for one source is never taken for another. */
export function calendarSource({ zone, source }: CalendarPolicy): string {
  switch (source.kind) {
    case 'holidays':
      return `${source.types.join(' and ')} holidays of ${source.place}${source.except.length === 0 ? '' : ` except ${source.except.join(', ')}`}, in ${zone}`;
    case 'feed':
      return `${source.at.in === 'repository' ? source.at.path : source.at.url}${source.withoutEvents === 'open' ? ', which may be empty' : ''}, in ${zone}`;
    default:
      return source satisfies never;
  }
}
