import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const { INPUT_NAME: name, INPUT_PATH: path, GITHUB_WORKSPACE: workspace, STAND_IN_ARTIFACTS: artifacts } = process.env;
const source = resolve(workspace, path);
if (readdirSync(source).length === 0) throw new Error(`Stand-in: there is nothing in ${path}.`);
cpSync(source, join(artifacts, name), { recursive: true });
