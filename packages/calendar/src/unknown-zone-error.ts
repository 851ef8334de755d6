/** A zone that this machine's time zone database does not know got past `checkZone`. Final: asking again changes nothing. */
export class UnknownZoneError extends Error {
  readonly code = 'unknown-zone';
  readonly retryable = false;
  readonly zone: string;

  constructor(zone: string) {
    super(`The time zone database does not know the zone “${zone}”, so no time in it can be told. Name a zone like America/Los_Angeles, or UTC.`);
    this.name = 'UnknownZoneError';
    this.zone = zone;
  }
}
