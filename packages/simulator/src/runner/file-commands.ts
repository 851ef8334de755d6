import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files through which a step speaks to the runner, named as their environment variables. */
export type FileCommandPaths = Readonly<Record<'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY', string>>;

export type FileCommandResults = {
  readonly outputs: ReadonlyMap<string, string>;
  readonly environment: ReadonlyMap<string, string>;
  readonly paths: readonly string[];
  readonly state: ReadonlyMap<string, string>;
  readonly summary: string;
  /** What could not be read; any of these fails the step. */
  readonly problems: readonly string[];
};

/** Limit of a step summary (GitHub, "Workflow commands: step summary isolation and limits", November 2026). */
const summaryLimitBytes = 1024 * 1024;

/** Makes the empty files of one step in `folder`. */
export async function prepareFileCommands(folder: string, step: string): Promise<FileCommandPaths> {
  const path = (name: string): string => join(folder, `${name}_${step}`);
  const paths = { GITHUB_OUTPUT: path('set_output'), GITHUB_ENV: path('set_env'), GITHUB_PATH: path('add_path'), GITHUB_STATE: path('save_state'), GITHUB_STEP_SUMMARY: path('step_summary') };
  for (const file of Object.values(paths)) await writeFile(file, '');
  return paths;
}

/** Reads what a step wrote. NODE_OPTIONS cannot be set through GITHUB_ENV, as in the real runner. */
export async function readFileCommands(paths: FileCommandPaths): Promise<FileCommandResults> {
  const problems: string[] = [];
  const pairs = async (name: keyof FileCommandPaths): Promise<Map<string, string>> => {
    const parsed = parsePairs(await readFile(paths[name], 'utf8'));
    if (parsed.kind === 'pairs') return parsed.pairs;
    problems.push(`Unable to process file command '${name}' successfully. ${parsed.message}`);
    return new Map();
  };
  const outputs = await pairs('GITHUB_OUTPUT');
  const state = await pairs('GITHUB_STATE');
  const environment = await pairs('GITHUB_ENV');
  if (environment.delete('NODE_OPTIONS')) problems.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  const summary = await readFile(paths.GITHUB_STEP_SUMMARY);
  const tooLong = summary.length > summaryLimitBytes;
  if (tooLong) problems.push(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${String(Math.ceil(summary.length / 1024))}k.`);
  const added = (await readFile(paths.GITHUB_PATH, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  return { outputs, environment, state, paths: added, summary: tooLong ? '' : summary.toString('utf8'), problems };
}

type Pairs = { readonly kind: 'pairs'; readonly pairs: Map<string, string> } | { readonly kind: 'invalid'; readonly message: string };

/** `name=value` lines and `name<<DELIMITER` blocks. */
export function parsePairs(text: string): Pairs {
  const pairs = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const block = line.indexOf('<<');
    if (equals > 0 && (block === -1 || equals < block)) {
      pairs.set(line.slice(0, equals), line.slice(equals + 1));
      continue;
    }
    if (block <= 0 || block + 2 === line.length) return { kind: 'invalid', message: `Invalid format '${line}'` };
    const delimiter = line.slice(block + 2);
    const end = lines.indexOf(delimiter, index + 1);
    if (end === -1) return { kind: 'invalid', message: `Invalid value. Matching delimiter not found '${delimiter}'` };
    pairs.set(line.slice(0, block), lines.slice(index + 1, end).join('\n'));
    index = end;
  }
  return { kind: 'pairs', pairs };
}
