import { importTests } from './import-tests.ts';

// Left out are laws on generated files and the ten years of the round trip, as in the calendar's suite.
await importTests('packages/calendar/src/icalendar', (file) => /\.(?:property|fuzz)\.test\.ts$|^feed-round-trip\.test\.ts$/.test(file));
