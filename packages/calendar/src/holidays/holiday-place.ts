/** A country, and where holidays differ within it, a part of it: `US`, `US-CA`, `DE-BY-A`. */
export type HolidayPlace = { readonly country: string; readonly state: string | undefined; readonly region: string | undefined };

/** The parts of `COUNTRY[-STATE[-REGION]]`, codes of ISO 3166. Whether there is such a place, `listHolidays` says. */
export function holidayPlace(text: string): HolidayPlace {
  const [country = '', state, region] = text.split('-');
  return { country, state, region };
}
