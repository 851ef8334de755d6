/** As a workflow names what it takes from Sallyport, whoever's copy it is: `…/packages/actions/deploy@` and 40 digits. */
const pin = /(\/(?:packages\/actions\/[\w-]+|\.github\/workflows\/sallyport-[\w-]+\.yml)@)([0-9a-f]{40})\b/g;

/** Every pin of Sallyport in a workflow's text moved to that commit, and the rest as it is. */
export const repin = (text: string, commit: string): string => text.replace(pin, (_whole, name: string) => `${name}${commit}`);

/** The commit that a workflow takes Sallyport from; null when it takes nothing, or from several. */
export function pinOf(text: string): string | null {
  const [commit, ...others] = new Set([...text.matchAll(pin)].map((found) => found[2]));
  return commit === undefined || others.length > 0 ? null : commit;
}
