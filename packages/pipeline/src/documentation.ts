import { stoppedBy } from '@sallyport/gates';
import type { Decision, ReasonCode } from '@sallyport/gates';
import type { WeaknessCode } from './enforcement/weakness.ts';

/** Where the pages of docs/ are read: the default branch of the repository that every package.json names. */
export const documentationUrl = 'https://github.com/sallyport/sallyport/blob/main/docs';

/** What `sallyport doctor` looks at, and what each weakness means. */
export const doctorPage = `${documentationUrl}/doctor.md`;

/** Every reason of the gates. */
export const allReasonsPage = `${documentationUrl}/reasons.md`;

/** The section of a reason: what it means and what to do about it. */
export const reasonPage = (code: ReasonCode): string => `${allReasonsPage}#${code}`;

/** The sections of the reasons that stopped a decision, the worst first; none: it is allowed. */
export const reasonPages = (decision: Pick<Decision, 'rules'>): readonly string[] => stoppedBy(decision).map(reasonPage);

/** The row of a weakness that `sallyport doctor` finds. */
export const weaknessPage = (code: WeaknessCode): string => `${doctorPage}#${code}`;
