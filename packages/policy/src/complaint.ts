/** Why a value is refused, worded so that it continues `<place> "<value>" …`. */
export type Complaint = {
  readonly code: string;
  readonly message: string;
  readonly nearest?: string;
};
