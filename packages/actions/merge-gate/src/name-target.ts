import type { MergeTarget } from '@sallyport/pipeline';

/** `#12`, or `#12 in gh-readonly-queue/…`. */
export const nameTarget = ({ pullRequest, group }: MergeTarget): string => (group === null ? `#${pullRequest}` : `#${pullRequest} in ${group.ref}`);

/** Its key in the output `outcomes`: the number, or the branch of the group. */
export const outcomeKey = ({ pullRequest, group }: MergeTarget): string => group?.ref ?? String(pullRequest);
