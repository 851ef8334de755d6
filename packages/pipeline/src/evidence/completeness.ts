import type { Interval } from '@sallyport/calendar';
import type { FactList } from '@sallyport/gates';
import { promotionsTo } from '../ledger-state.ts';
import type { RecordedPromotion } from '../ledger-state.ts';
import type { PromotionTag, ShownDeployment } from '../ports.ts';
import { parseTagMessage } from '../promotion-tag.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import { iso } from './iso.ts';
import type { EvidenceException } from './report.ts';

/** What GitHub shows of an environment, to compare the record with. */
export type ShownOnGitHub = { readonly tags: readonly PromotionTag[]; readonly deployments: FactList<ShownDeployment> };

type Place = Pick<EvidenceException, 'promotion' | 'at' | 'indexes'>;

const problem = (code: EvidenceException['code'], summary: string, place: Place): EvidenceException => ({ code, weight: 'problem', summary, ...place });

/** Promotions that have no record, or only half of one: numbers that the ledger skips, ends without an intent, tags that disagree. */
export function completenessExceptions(record: EvidenceRecord, environment: string, period: Interval, shown: ShownOnGitHub | null): readonly EvidenceException[] {
  const promotions = promotionsTo(record.state, environment);
  return [...missingNumbers(promotions, period), ...orphanEnds(record, promotions, environment, period), ...(shown === null ? [] : [...compareTags(promotions, shown.tags, period), ...compareDeployments(promotions, shown.deployments.items, period)])];
}

const isIn = ({ from, to }: Interval, at: number): boolean => from <= at && at < to;

/** Numbers rise by one, past every tag that was ever seen: a number between two of the ledger was used by something that it does not know. */
function missingNumbers(promotions: readonly RecordedPromotion[], period: Interval): readonly EvidenceException[] {
  return promotions.flatMap((promotion, place) => {
    const before = promotions[place - 1]?.number ?? 0;
    if (promotion.number === before + 1 || !isIn(period, promotion.at)) return [];
    const last = promotion.number - 1;
    const numbers = before + 1 === last ? `Number ${last} was` : `Numbers ${before + 1} to ${last} were`;
    return [problem('number-missing', `${numbers} passed over before ${promotion.tag}: tags of that name existed, and the ledger never intended them.`, { promotion: null, at: iso(promotion.at), indexes: [promotion.index] })];
  });
}

function orphanEnds({ ledger }: EvidenceRecord, promotions: readonly RecordedPromotion[], environment: string, period: Interval): readonly EvidenceException[] {
  const intended = new Set(promotions.map(({ number }) => number));
  return ledger.entries.flatMap(({ body, index, at }) => {
    if (body.type !== 'promotion-ended' || body.environment !== environment || intended.has(body.number) || !isIn(period, Date.parse(at))) return [];
    return [problem('end-without-intent', `Entry ${index} records the end of promotion ${body.number} to ${environment}, and no entry intends it.`, { promotion: body.number, at: iso(Date.parse(at)), indexes: [index] })];
  });
}

/** Tags carry no time that can be trusted, so those without a record are named in every report. */
function compareTags(promotions: readonly RecordedPromotion[], tags: readonly PromotionTag[], period: Interval): readonly EvidenceException[] {
  const intended = new Map(promotions.map((promotion) => [promotion.tag, promotion]));
  const named = new Set(tags.map(({ name }) => name));
  const found = tags.toSorted((a, b) => a.number - b.number).flatMap((tag) => {
    const promotion = intended.get(tag.name);
    if (promotion === undefined) return [problem('tag-unrecorded', `The tag ${tag.name} is on GitHub, and the ledger never intended it.`, { promotion: tag.number, at: null, indexes: [] })];
    const message = parseTagMessage(tag.message);
    if (tag.commit === promotion.commit && message?.build === promotion.build && message.intentIndex === promotion.index) return [];
    return [problem('tag-disagrees', `The tag ${tag.name} does not carry what entry ${promotion.index} intends.`, { promotion: promotion.number, at: iso(promotion.at), indexes: [promotion.index] })];
  });
  const gone = promotions.filter(({ end, tag, at }) => end !== null && end.outcome !== 'abandoned' && !named.has(tag) && isIn(period, at));
  return [...found, ...gone.map(({ tag, number, at, index }) => problem('tag-missing', `The tag ${tag} was deployed by the ledger's word, and is not on GitHub.`, { promotion: number, at: iso(at), indexes: [index] }))];
}

/** A job that enters the environment makes one at the commit of its tag; anything else entered it past the record, or was made by hand. */
function compareDeployments(promotions: readonly RecordedPromotion[], deployments: readonly ShownDeployment[], period: Interval): readonly EvidenceException[] {
  const known = deployments.filter(({ createdAt }) => isIn(period, createdAt)).toSorted((a, b) => a.id - b.id);
  return known.flatMap(({ id, ref, commit, createdAt }) => {
    if (promotions.some(({ tag, commit: intended }) => intended === commit && (ref === tag || ref === `refs/tags/${tag}`))) return [];
    return [problem('deployment-unrecorded', `GitHub shows deployment ${id} of ${ref} at ${commit.slice(0, 12)}, and no promotion of the ledger is that. Anyone who may push can make one by hand, so look at its run.`, { promotion: null, at: iso(createdAt), indexes: [] })];
  });
}

/** `1 to 4, none missing` */
export function describeNumbers(promotions: readonly RecordedPromotion[]): string {
  const [first, last] = [promotions[0]?.number, promotions.at(-1)?.number];
  if (first === undefined || last === undefined) return 'none';
  const missing = last - promotions.length;
  return `1 to ${last}, ${missing === 0 ? 'none' : String(missing)} missing`;
}
