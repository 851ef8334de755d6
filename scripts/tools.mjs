// Programs that check us and are no part of us, of exactly these versions, from their ecosystems' ordinary installers. They are kept outside
// the tree, in SALLYPORT_TOOLS or the user's cache folder, one folder for each version, so that nothing of the machine is changed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const cache = process.env.SALLYPORT_TOOLS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sallyport-tools');

/** A Go program by its module path. Gives the path of the program. */
export function installGo(name, module, version) {
  const folder = join(cache, `${name}-${version}`);
  return once(folder, join(folder, name), () => {
    run(name, 'go', ['install', `${module}@${version}`], { GOBIN: folder, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' }, 'Install Go (https://go.dev/dl) and see that it reaches its module proxy.');
  });
}

/** Python programs, each `name==version`, together in an environment of their own. Gives the folder of its programs. */
export function installPython(name, packages) {
  const folder = join(cache, `${name}-${packages.map((one) => one.replace('==', '-')).join('-')}`);
  return once(folder, join(folder, process.platform === 'win32' ? 'Scripts' : 'bin'), (programs) => {
    run(name, process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder], {}, 'Install Python 3.10 or later with its venv module (https://www.python.org/downloads).');
    run(name, join(programs, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', ...packages], {}, 'See that pip reaches its index.');
  });
}

/** What was only half installed is installed again. */
function once(folder, place, install) {
  const stamp = join(folder, '.installed');
  if (!existsSync(stamp)) {
    mkdirSync(folder, { recursive: true });
    install(place);
    writeFileSync(stamp, '');
  }
  return place;
}

function run(name, command, args, env, next) {
  process.stdout.write(`${name}: ${command} ${args.join(' ')}\n`);
  const { status, error } = spawnSync(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) throw new Error(`${name} could not be installed: ${command} could not be started (${error.code}). ${next}`);
  if (status !== 0) throw new Error(`${name} could not be installed: \`${command} ${args.join(' ')}\` ended with ${status}; its message is above. ${next}`);
}
