// Every test that speaks for the gates, as one file: each mutant then starts one worker and reads the packages once. The laws on
// generated facts are left out: they take seconds, and a rule that only they hold wants a case with a name.
import.meta.glob(['../../packages/gates/src/**/*.test.ts', '!../../packages/gates/src/merge/merge-laws.test.ts', '../conformance/decisions.test.ts'], { eager: true });
