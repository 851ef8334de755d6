/** Addresses of a page, numbered as they are met: a table has no room for them, and a wrapped one cannot be followed. */
export type Links = {
  /** The number under which the address is listed. */
  number(url: string): number;
  all(): readonly string[];
};

export function collectLinks(): Links {
  const urls: string[] = [];
  return {
    number(url) {
      const known = urls.indexOf(url);
      return known === -1 ? urls.push(url) : known + 1;
    },
    all: () => urls,
  };
}
