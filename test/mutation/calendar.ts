import { importTests } from './import-tests.ts';

// Left out is what takes seconds, for every change again: laws on generated facts, walks through every zone and ten years, processes with
// other clocks. A rule that only they hold wants a case with a name. The calendar files have a suite of their own.
await importTests('packages/calendar/src', (file) => /\.property\.test\.ts$|^any-machine\.test\.ts$|^icalendar\//.test(file));
