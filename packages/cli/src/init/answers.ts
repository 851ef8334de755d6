import type { RepositoryName } from '../repository.ts';
import type { WorkflowCheck, WorkflowReading } from './workflow-checks.ts';
import type { Surroundings } from './look-around.ts';
import type { Pin } from './pins.ts';

/** All that the drafts are made from. */
export type Answers = {
  readonly repository: RepositoryName;
  readonly branch: string;
  readonly tests: readonly WorkflowCheck[];
  /** Jobs on pull requests that are not required, because their checks cannot be told from the files, with why; none where the tests were named. */
  readonly untold: readonly string[];
  /** Workflows that the tests are of: when one of them ends, the merge gate looks. */
  readonly testWorkflows: readonly WorkflowReading[];
  /** `organisation/slug` of those who approve overrides; null: there are none, and no override. */
  readonly securityLeads: string | null;
  readonly node: Surroundings['node'];
  /** The command that builds into `output`; null: the committed files are packed as they are. */
  readonly build: { readonly command: string; readonly output: string } | null;
  /** The command that deploys, with ARCHIVE, VERSION and ENVIRONMENT in its environment. */
  readonly deploy: string;
  /** Whether builds are signed, and only signed ones promoted. */
  readonly provenance: boolean;
  readonly release: {
    /** What the workflows take Sallyport from; null: what they came with. */
    readonly pin: Pin | null;
    /** The command that the nightly audit installs; null: this one was never published. */
    readonly version: string | null;
  };
};
