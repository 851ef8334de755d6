import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as workflows from '@actions/workflow-parser';
import type * as actions from '@actions/workflow-parser/actions/action-parser';
import { build } from 'esbuild';

type Parsers = typeof workflows & typeof actions;

export type GitHubParser = {
  /** What it objects to in a workflow file, syntax and meaning; empty: nothing. */
  workflow(path: string, text: string): Promise<readonly string[]>;
  /** What it objects to in an action.yml. */
  action(path: string, text: string): readonly string[];
};

/** GitHub's own parser of workflows and actions. It imports JSON without saying so, which Node refuses and esbuild does not. */
export async function loadGitHubParser(): Promise<GitHubParser> {
  const { NoOperationTraceWriter, convertWorkflowTemplate, parseAction, parseWorkflow } = await bundle();
  return {
    workflow: async (name, content) => {
      const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
      if (value !== undefined) await convertWorkflowTemplate(context, value);
      return context.errors.getErrors().map(({ message }) => message);
    },
    action: (name, content) => parseAction({ name, content }, new NoOperationTraceWriter()).context.errors.getErrors().map(({ message }) => message),
  };
}

async function bundle(): Promise<Parsers> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-parser-'));
  try {
    const contents = "export * from '@actions/workflow-parser'; export * from '@actions/workflow-parser/actions/action-parser';";
    const outfile = join(folder, 'parser.mjs');
    await build({ stdin: { contents, resolveDir: import.meta.dirname }, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' });
    return (await import(pathToFileURL(outfile).href)) as Parsers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
