import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryCloud } from './cloud.ts';
import { tryKubernetes } from './kubernetes.ts';
import { createExpectations } from './expect.ts';
import { tryVirtualMachines } from './virtual-machines.ts';
import { tryWholeWorkflow } from './whole-workflow.ts';

/** Runs the scripts of all recipes against what stands in for their targets. Gives how many expectations did not hold. */
export async function playRecipes(root: string, programs: string, line: (text: string) => void): Promise<number> {
  const expectations = createExpectations(line);
  const machine = { root, programs, scratch: mkdtempSync(join(tmpdir(), 'sallyport-recipes-')) };
  try {
    line('virtual-machines, by OpenSSH to SSH servers on loopback');
    await tryVirtualMachines(machine, expectations);
    line('virtual-machines once more, the whole workflow on the simulated GitHub');
    await tryWholeWorkflow(machine, expectations);
    line('static-site and serverless, by the AWS command line to moto on loopback');
    await tryCloud(machine, expectations);
    line('kubernetes, by kubectl to an API server that knows one deployment');
    await tryKubernetes(machine, expectations, line);
    return expectations.failed();
  } finally {
    rmSync(machine.scratch, { recursive: true, force: true });
  }
}
