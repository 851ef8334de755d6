import type { JobDefinition, WorkflowFile } from '../workflows/workflow-file.ts';
import type { Annotation } from './workflow-commands.ts';

/** Everything one job needs to run; made by the engine, run by `runJob`. */
export type JobRequest = {
  readonly file: WorkflowFile;
  readonly definition: JobDefinition;
  /** A fresh folder for the workspace, temporary files and home. */
  readonly folder: string;
  /** Artifacts of the run, shared by its jobs. */
  readonly artifactsFolder: string;
  readonly repository: { readonly owner: string; readonly name: string; readonly gitUrl: string };
  readonly token: string;
  /** `github`, `needs`, `inputs`, `vars`, `secrets`. */
  readonly contexts: Readonly<Record<string, unknown>> & { readonly github: Readonly<Record<string, unknown>>; readonly secrets: Readonly<Record<string, string>> };
  readonly event: unknown;
  readonly machine: { readonly path: string; readonly node: string; readonly clockOffsetMilliseconds: number; readonly now: () => number };
  readonly actions: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly report: JobReport;
};

/** What the job tells while it runs. Everything is masked already. */
export type JobReport = {
  log(line: string): void;
  summary(markdown: string): void;
  stepStarted(name: string): StepReport;
};
export type StepReport = { completed(conclusion: 'success' | 'failure' | 'skipped' | 'cancelled'): void };

export type JobResult = {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  readonly outputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** The environment's address, when the job gives one. */
  readonly environmentUrl: string | null;
};
