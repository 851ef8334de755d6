/** NODE_OPTIONS for a process whose clock is this many milliseconds from this machine's. */
export const movedClock = (offset: number): string => `--import=data:text/javascript,${encodeURIComponent(moduleText(offset))}`;

/** A module that moves a process's Date and nothing else. */
const moduleText = (offset: number): string => `
const RealDate = Date;
globalThis.Date = class Date extends RealDate {
  constructor(...given) { if (given.length === 0) super(RealDate.now() + ${Math.round(offset)}); else super(...given); }
  static now() { return RealDate.now() + ${Math.round(offset)}; }
};`;
