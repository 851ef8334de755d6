/** What workflows take Sallyport from. */
export type Pin = {
  /** `owner/name` of a copy of Sallyport; null: whichever is named there. */
  readonly copy: string | null;
  /** 40 hexadecimal digits. */
  readonly commit: string;
};

/** As a workflow names what it takes from Sallyport, whoever's copy it is: `owner/name/packages/actions/deploy@` and 40 digits. Actions by their names: other repositories have such a folder too. */
const used = /([\w.-]+\/[\w.-]+)(\/(?:packages\/actions\/(?:deploy|gatekeeper|merge-gate|probe|register-build)|\.github\/workflows\/sallyport-[\w-]+\.yml)@)([0-9a-f]{40})\b/g;

/** A workflow's text that takes everything of Sallyport from the pin; the rest stays as it is. */
export const repin = (text: string, { copy, commit }: Pin): string => text.replace(used, (_whole, from: string, what: string) => `${copy ?? from}${what}${commit}`);

/** What a workflow takes Sallyport from; null when it takes nothing, or from several. */
export function pinOf(text: string): Pin | null {
  const [first, ...others] = new Set([...text.matchAll(used)].map(([, from = '', , commit = '']) => `${from}@${commit}`));
  const [copy, commit] = first?.split('@') ?? [];
  return copy === undefined || commit === undefined || others.length > 0 ? null : { copy, commit };
}
