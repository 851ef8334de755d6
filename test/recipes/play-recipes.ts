import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../acceptance/find-program.ts';
import { tryCloud } from './cloud.ts';
import { tryKubernetes } from './kubernetes.ts';
import { createExpectations } from './expect.ts';
import { tryVirtualMachines } from './virtual-machines.ts';
import { tryWholeWorkflow } from './whole-workflow.ts';

/** `failed`: how many expectations did not hold; `notRun`: the parts for which the machine lacks a program. */
export type Played = { readonly failed: number; readonly notRun: readonly string[] };

/** Runs the scripts of all recipes against what stands in for their targets. */
export async function playRecipes(root: string, programs: string, line: (text: string) => void): Promise<Played> {
  const expectations = createExpectations(line);
  const machine = { root, programs, scratch: mkdtempSync(join(tmpdir(), 'sallyport-recipes-')) };
  const notRun: string[] = [];
  const play = async (title: string, needs: readonly string[], part: () => Promise<void>): Promise<void> => {
    line(title);
    const missing = needs.filter((program) => findProgram(program) === null);
    if (missing.length === 0) return part();
    notRun.push(title);
    line(`  NOT RUN: there is no ${missing.join(', no ')} on this machine.`);
  };
  const openSsh = ['ssh', 'ssh-add', 'ssh-agent', 'ssh-keygen'];
  try {
    await play('virtual-machines, by OpenSSH to SSH servers on loopback', openSsh, () => tryVirtualMachines(machine, expectations));
    await play('virtual-machines once more, the whole workflow on the simulated GitHub', openSsh, () => tryWholeWorkflow(machine, expectations));
    await play('static-site and serverless, by the AWS command line to moto on loopback', ['curl', 'jq', 'openssl'], () => tryCloud(machine, expectations));
    await play('kubernetes, by kubectl to an API server that knows one deployment', ['kubectl', 'jq'], () => tryKubernetes(machine, expectations));
    return { failed: expectations.failed(), notRun };
  } finally {
    rmSync(machine.scratch, { recursive: true, force: true });
  }
}
