/** One line of the report: a figure that holds on any machine (a count, or a ratio within one run). */
export type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget: number | null;
  /** null where there is no budget. */
  readonly ok: boolean | null;
};

export const atMost = (name: string, value: number, unit: string, budget: number): Row => ({ name, value, unit, budget, ok: value <= budget });
export const told = (name: string, value: number, unit: string): Row => ({ name, value, unit, budget: null, ok: null });
