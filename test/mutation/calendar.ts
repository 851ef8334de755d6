import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// The tests of the calendar as one file. Left out is what takes seconds, for every change again: laws on generated facts, walks through
// every zone and ten years, processes with other clocks. A rule that only they hold wants a case with a name.
const source = join(import.meta.dirname, '../../packages/calendar/src');
const slow = /\.(?:property|fuzz)\.test\.ts$|(?:^|\/)(?:any-machine|feed-round-trip)\.test\.ts$/;
const tests = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts') && !slow.test(file)).sort();

for (const file of tests) await import(join(source, file));
