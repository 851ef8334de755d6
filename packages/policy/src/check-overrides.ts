import { parseDuration } from './duration.ts';
import { renderPath } from './problem.ts';
import { eachValid, groupOf, reportRepeated } from './raw-file.ts';
import type { RawGroup, Report } from './raw-file.ts';
import { override } from './schema-override.ts';

const MAX_EXPIRY_SECONDS = 8 * 3_600;
const FREEZE_APPROVALS = 2;

export function checkOverrides(file: RawGroup, report: Report): void {
  const overrides = groupOf(file['overrides']) ?? {};
  for (const [name, raw] of Object.entries(overrides)) {
    reportRepeated(groupOf(raw)?.['waives'], ['overrides', name, 'waives'], report);
    reportRepeated(groupOf(raw)?.['requires'], ['overrides', name, 'requires'], report);
  }
  eachValid(overrides, override, (value, name) => {
    const path = ['overrides', name];
    const place = renderPath(path);
    const expiry = parseDuration(value['expires-after']) ?? 0;
    if (expiry < 1 || expiry > MAX_EXPIRY_SECONDS) {
      report('bad-expiry', [...path, 'expires-after'], `${place}.expires-after is ${value['expires-after']}; an override is for now, so it must be longer than nothing and at most 8h.`);
    }
    if ((parseDuration(value['review-within']) ?? 0) < 1) {
      report('bad-review', [...path, 'review-within'], `${place}.review-within is ${value['review-within']}, so the review would be overdue at once; write for example 3d.`);
    }
    if (value.waives.includes('freeze') && value.approvers.approvals < FREEZE_APPROVALS) {
      report('too-few-approvers', [...path, 'approvers', 'approvals'], `${place} waives a freeze with ${value.approvers.approvals} approval; that takes at least two people, so write "approvals: 2" under approvers or take freeze out of waives.`);
    }
  });
}
