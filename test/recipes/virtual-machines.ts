import { mkdtempSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectations } from './expect.ts';
import { arrived, makeKey, packFiles, restarts, runs, setHealth, startHost } from './host.ts';
import type { Host } from './host.ts';
import { runScript } from './run-script.ts';
import type { Machine, ScriptEnd } from './run-script.ts';

/** The recipe for virtual machines with OpenSSH's own ssh, against real SSH servers on loopback whose hosts are folders. */
export async function tryVirtualMachines(machine: Machine, { expect }: Expectations): Promise<void> {
  const stage = mkdtempSync(join(machine.scratch, 'hosts-'));
  const keys = makeKey(stage, 'deploy');
  const hosts: Host[] = [];
  const start = async (name: string, mood: 'plain' | 'tampers' = 'plain'): Promise<Host> => {
    const host = await startHost(machine, { stage, name, deployKey: keys, mood });
    hosts.push(host);
    return host;
  };
  try {
    const [one, two, three, changing] = [await start('one'), await start('two'), await start('three'), await start('changing', 'tampers')];
    const archive = packFiles(stage, 'build', { 'index.html': 'new\n' });
    const deploy = (to: readonly Host[], more: Readonly<Record<string, string>> = {}): Promise<ScriptEnd> =>
      runScript(machine, 'virtual-machines', { ARCHIVE: archive, VERSION: '1.8.0-rc.1', FOLDER: 'shop', HOSTS: to.map(({ address }) => address).join(' '), KNOWN_HOSTS: [one, two, three, changing].map(({ known }) => known).join('\n'), SSH_KEY: readFileSync(keys, 'utf8'), ...more });
    const isOld = (host: Host): boolean => runs(host) === 'old' && restarts(host) === 0;

    const stranger = await deploy([one, two], { KNOWN_HOSTS: `${known(one, three)}\n${two.known}` });
    expect('a host with another key than the pinned one gets nothing, and neither does any after it', stranger.status !== 0 && isOld(one) && isOld(two) && arrived(one).length === 0, stranger.output);
    const unpinned = await deploy([one], { KNOWN_HOSTS: '' });
    expect('a host without a pinned key gets nothing', unpinned.status !== 0 && isOld(one) && arrived(one).length === 0, unpinned.output);
    const none = await deploy([], { HOSTS: '  ' });
    expect('no hosts are an error, and not a deploy to none', none.status === 1 && none.output.includes('HOSTS'), none.output);
    const tampered = await deploy([changing, two]);
    expect('an archive that changed on the way is not unpacked, and the next host keeps the build before', tampered.status !== 0 && isOld(changing) && isOld(two) && tampered.output.includes('not the archive'), tampered.output);

    setHealth(two.home, 'grep -q old current/index.html');
    const unwell = await deploy([one, two, three]);
    expect('a host that is not well goes back, the one before it has the new build, the one after it was not touched', unwell.status !== 0 && runs(one) === 'new' && runs(two) === 'old' && restarts(two) === 2 && isOld(three), unwell.output);

    setHealth(two.home, 'exit 0');
    const all = await deploy([one, two, three], { GITHUB_REF_NAME: 'promote/production/8' });
    expect('all hosts run the new build, each from a folder of its promotion', all.status === 0 && [one, two, three].every((host) => runs(host) === 'new' && readlinkSync(join(host.home, 'shop/current')) === 'releases/1.8.0-rc.1-production-8'), all.output);
    expect('and nothing of the key or the archive is left lying about', [one, two, three].every((host) => arrived(host).length === 0) && !all.output.includes('PRIVATE KEY'), all.output);
  } finally {
    for (const host of hosts) host.stop();
  }
}

/** The line that pins one host to the key of another. */
const known = (host: Host, key: Host): string => `${host.known.split(' ')[0] ?? ''} ${key.known.split(' ').slice(1).join(' ')}`;
