/** A commit that stands for the release that an adopter pins, as in every file that we hand out. */
const release = '0'.repeat(40);

/**
 * A workflow without what GitHub knows and act 0.2.89 refuses: `queue` of `concurrency` (act starts one run at a time, whatever is
 * said there), and `$/path`, an action of the called workflow's own repository and commit, which is written out.
 */
export const forAct = (text: string): string => text.replace(/^ +queue: max\n/gm, '').replace(/uses: \$\/(\S+)/g, `uses: sallyport/sallyport/$1@${release}`);
