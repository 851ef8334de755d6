import * as z from 'zod';
import { artifact, digest, sha } from '@sallyport/gates';
import type { RecordedPromotion, RegisteredBuild } from './ledger-state.ts';

/** What a promotion tag carries, so that whoever holds the tag holds a remembered checkpoint. */
const promotionMessage = z.strictObject({
  schema: z.literal(1),
  environment: z.string().min(1),
  number: z.int().positive(),
  build: digest,
  version: z.string().min(1),
  commit: sha,
  artifacts: z.array(artifact).min(1),
  decision: digest,
  intentIndex: z.int().nonnegative(),
  override: z.string().nullable(),
  checkpoint: z.string().min(1),
});
export type PromotionMessage = z.infer<typeof promotionMessage>;

export const tagName = (environment: string, number: number): string => `promote/${environment}/${number}`;

/** Environment and number of `promote/<environment>/<number>` (with or without `refs/tags/`); null for any other name. */
export function parseTagName(name: string): { readonly environment: string; readonly number: number } | null {
  const match = /^(?:refs\/tags\/)?promote\/([A-Za-z0-9][A-Za-z0-9_-]*)\/([1-9][0-9]{0,8})$/.exec(name);
  return match === null ? null : { environment: match[1] ?? '', number: Number(match[2]) };
}

export function renderTagMessage(promotion: RecordedPromotion, build: RegisteredBuild, decisionDigest: string, checkpoint: string): string {
  const message: PromotionMessage = {
    schema: 1,
    environment: promotion.environment,
    number: promotion.number,
    build: promotion.build,
    version: promotion.version,
    commit: promotion.commit,
    artifacts: [...build.artifacts],
    decision: decisionDigest,
    intentIndex: promotion.index,
    override: promotion.override,
    checkpoint,
  };
  return `Promote ${promotion.version} to ${promotion.environment} (#${promotion.number})\n\n${JSON.stringify(message, null, 2)}\n`;
}

/** null when the message is not one of ours. */
export function parseTagMessage(text: string): PromotionMessage | null {
  const start = text.indexOf('\n\n{');
  if (start === -1) return null;
  try {
    return promotionMessage.parse(JSON.parse(text.slice(start + 2)));
  } catch {
    return null;
  }
}
