import { seen } from '@sallyport/pipeline';
import type { Seen, WorkflowFile } from '@sallyport/pipeline';
import { readFile } from '../read-file.ts';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';
import { folder, workflowList } from './answers.ts';
import { refusal, refusals, seeList } from './see.ts';

const why = 'to read the workflow files';
const path = '.github/workflows';

/** The workflow files of the default branch, and whether GitHub runs them. */
export async function readWorkflowFiles(place: Place): Promise<Seen<readonly WorkflowFile[]>> {
  const [listed, states] = await Promise.all([
    place.client.askOr(refusals, { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters: { ...of(place), path }, shape: folder, why }),
    seeList(place.client, { route: 'GET /repos/{owner}/{repo}/actions/workflows', parameters: of(place), shape: workflowList, why }, ({ workflows }) => workflows),
  ]);
  // A repository without workflows has no such folder.
  if (!listed.ok && listed.status !== 404) return { state: 'hidden', why: refusal(listed) };
  if (states.state === 'hidden') return states;
  const stateOf = new Map(states.value.map((workflow) => [workflow.path, workflow.state]));
  const files = (listed.ok ? listed.data : []).filter(({ name, type }) => type === 'file' && /\.ya?ml$/.test(name));
  return seen(await Promise.all(files.map(async (file) => ({ path: file.path, text: await readText(place, file.path), state: stateOf.get(file.path) ?? 'active' }))));
}

async function readText(place: Place, file: string): Promise<string | null> {
  const bytes = await readFile(place, { path: file, commit: null, why });
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}
