import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newSigningKey, verifierKey } from '@sallyport/ledger';
import { keeperEnvironment, ledgerOrigin, planKeeperEnvironment, wantedPermissions } from '@sallyport/pipeline';
import type { NewApp } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { apiUrlOf, loadGitHub, userAgentOf } from '../connect.ts';
import { changingScopes, connectSettings } from '../connect-settings.ts';
import type { Settings, SettingsOptions } from '../connect-settings.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { defaultPolicyFile, parsePolicyText } from '../policy-file.ts';
import { readTextFile } from '../read-file.ts';
import { plain } from '../render/plain.ts';
import { renderPlan } from '../render/plan-text.ts';
import { beginPage, createdPage } from '../setup/app-page.ts';
import { meetBrowser } from '../setup/meet-browser.ts';
import { withLedgerKey } from '../setup/trust-key.ts';
import { webAddress } from '../setup/web-address.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

type SetupAppOptions = Omit<SettingsOptions, 'app'> & { readonly name?: string; readonly appId?: string; readonly appKey?: string; readonly ledgerKey?: string; readonly json?: boolean };

/** How long a person may take at GitHub. The code is good for an hour. */
const longestWaitMilliseconds = 3_600_000;
const lookEveryMilliseconds = 3000;

/**
 * Makes the gatekeeper App with a person's help, or takes one that is there, and puts its key and the ledger's into the environment that only the default branch may
 * enter. No key is written to a file or shown.
 */
async function setupApp(io: Io, options: SetupAppOptions): Promise<ExitCode> {
  const root = await policyHere(io);
  const settings = await connectSettings(io, options, changingScopes);
  const given = await givenApp(io, options);
  const ledgerKey = options.ledgerKey === undefined ? newSigningKey() : await readTextFile(io, options.ledgerKey, 'ledger key');
  const verifier = verifierKey(ledgerOrigin(settings.repository), ledgerKey);
  await guardKeys(io, settings);
  const app = given ?? (await makeApp(io, options, settings, root.policy));
  const secrets = { SALLYPORT_APP_ID: String(app.id), SALLYPORT_APP_KEY: app.privateKeyPem, SALLYPORT_LEDGER_KEY: ledgerKey };
  for (const [name, value] of Object.entries(secrets)) {
    await settings.writer.putSecret({ environment: keeperEnvironment, name, value });
    io.stderr(`${io.colors.green('✓')} secret ${name} of the environment ${keeperEnvironment}\n`);
  }
  const trusted = await trustKey(io, root, verifier);
  const next = `sallyport setup plan --app ${app.slug ?? app.id}`;
  io.stdout(options.json === true ? `${JSON.stringify({ schema: 1, app: { id: app.id, slug: app.slug }, verifierKey: verifier, policy: trusted ? 'written' : 'left' })}\n` : `${trusted ? `The policy now trusts the ledger’s key. Commit ${defaultPolicyFile} and push it.` : `Put this under ledger.keys of the policy:\n  ${verifier}`}\nNext: ${next}\n`);
  return 0;
}

type PolicyHere = { readonly path: string; readonly text: string; readonly policy: Policy };

/** The policy of the working folder: the default branch may not have it yet. */
async function policyHere(io: Io): Promise<PolicyHere> {
  const path = join(io.cwd, defaultPolicyFile);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InputError(`There is no ${defaultPolicyFile} in the current folder.`, { next: 'Go into your clone, and run `sallyport init` there first.' });
  });
  return { path, text, policy: parsePolicyText(text, defaultPolicyFile).sealed.value };
}

type Keeper = { readonly id: number; readonly slug: string | null; readonly privateKeyPem: string };

async function givenApp(io: Io, { appId, appKey }: SetupAppOptions): Promise<Keeper | null> {
  if (appId === undefined && appKey === undefined) return null;
  if (appId === undefined || appKey === undefined) throw new InputError('An App that is there needs both --app-id and --app-key.', { next: 'Give both, or neither to make a new one.' });
  if (!/^[1-9]\d{0,9}$/.test(appId)) throw new InputError(`--app-id is "${plain(appId)}", which is not the number of an App.`, { next: 'It stands on the App’s page, under “About”.' });
  return { id: Number(appId), slug: null, privateKeyPem: await readTextFile(io, appKey, 'App key') };
}

/** The environment is closed before a key is in it. */
async function guardKeys(io: Io, settings: Settings): Promise<void> {
  const step = planKeeperEnvironment(settings.enforcement);
  if (step.state === 'unseen') throw new InputError(`The environment ${keeperEnvironment} cannot be seen, and no key is put where it cannot be seen who reads it: ${plain(step.lines.join(', '))}.`, { next: `Give a token that may: ${changingScopes}.` });
  if (step.effects.length === 0) return;
  io.stderr(renderPlan(`${settings.repository.owner}/${settings.repository.name}`, [step], io.colors));
  for (const effect of step.effects) await settings.writer.apply(effect);
}

async function makeApp(io: Io, options: SetupAppOptions, { repository, enforcement, client }: Settings, policy: Policy): Promise<Keeper> {
  const { appManifest, takeApp } = await loadGitHub();
  const web = webAddress(apiUrlOf(io, options));
  const full = `${repository.owner}/${repository.name}`;
  const permissions = wantedPermissions(policy);
  const place = enforcement.repository.ownedBy === 'organization' ? `${web}/organizations/${encodeURIComponent(repository.owner)}/settings/apps/new` : `${web}/settings/apps/new`;
  const meeting = await meetBrowser({
    begin: ({ state, redirectUrl }) => beginPage({ repository: full, action: `${place}?state=${state}`, permissions, manifest: JSON.stringify(appManifest({ name: options.name ?? nameFor(repository.name), repositoryPage: `${web}/${full}`, permissions, redirectUrl })) }),
  });
  const interrupt = io.listenForInterrupt();
  try {
    io.stderr(`Open this in your browser, on this machine:\n\n  ${meeting.address}\n\nWaiting for GitHub to send you back. Ctrl-C ends it, and nothing was made.\n`);
    const code = await within(meeting.code, interrupt.signal, 'Nobody came back from GitHub.');
    const app = await takeApp(client, code);
    const install = `${app.page}/installations/new`;
    meeting.answer(createdPage({ slug: app.slug, install, repository: full }));
    io.stderr(`${io.colors.green('✓')} App ${app.slug} (${app.id})\nInstall it on ${full}: ${install}\n`);
    await waitForInstallation(io, options, app, repository, interrupt.signal);
    return app;
  } finally {
    interrupt.stop();
    await meeting.close();
  }
}

/** Names of Apps are taken once in all of GitHub, and have at most 34 characters. */
const nameFor = (repository: string): string => `sallyport ${repository}`.slice(0, 34).trim();

async function waitForInstallation(io: Io, options: SetupAppOptions, app: NewApp, repository: Settings['repository'], signal: AbortSignal): Promise<void> {
  const { createGitHubClient, isInstalled } = await loadGitHub();
  const client = createGitHubClient({ baseUrl: apiUrlOf(io, options), auth: { kind: 'app', appId: app.id, privateKeyPem: app.privateKeyPem, ...repository }, userAgent: userAgentOf(io), waitUnitMilliseconds: io.waitUnitMilliseconds });
  const until = Date.now() + longestWaitMilliseconds;
  while (!(await isInstalled({ client, owner: repository.owner, repo: repository.name }))) {
    if (signal.aborted || Date.now() > until) throw notInstalled(app);
    await sleep((lookEveryMilliseconds * io.waitUnitMilliseconds) / 1000);
  }
  io.stderr(`${io.colors.green('✓')} installed\n`);
}

const notInstalled = (app: NewApp): InputError => new InputError(`The App ${app.slug} is there, and is not installed; its key was not kept.`, { next: `Install it at ${app.page}/installations/new, make a key on its page, and run this with --app-id ${app.id} --app-key <file>.` });

async function within<T>(promise: Promise<T>, signal: AbortSignal, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const given = new Promise<never>((_resolve, reject) => {
    const end = (): void => reject(new InputError(message, { next: 'Run it again.' }));
    timer = setTimeout(end, longestWaitMilliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
  try {
    return await Promise.race([promise, given]);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes the key into the policy of the working folder where that can be done without guessing. */
async function trustKey(io: Io, { path, text }: PolicyHere, key: string): Promise<boolean> {
  const now = withLedgerKey(text, key);
  if (now === null) return false;
  parsePolicyText(now, defaultPolicyFile);
  await writeFile(path, now);
  io.stderr(`${io.colors.green('✓')} ${defaultPolicyFile}: ledger.keys\n`);
  return true;
}

export const registerSetupApp: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('app'))
    .option('--name <name>', 'what the new App is called (default: sallyport <repository>); GitHub lets you change it')
    .option('--app-id <number>', 'take an App that is there, with --app-key')
    .option('--app-key <file>', 'its private key, PEM')
    .option('--ledger-key <file>', 'the ledger’s private key, Ed25519 PEM (default: a new one)')
    .option('--json', 'print JSON')
    .summary('the gatekeeper App and its keys')
    .description('Sends you to GitHub with the App’s permissions filled in, takes the App and its key back, waits until it is installed, makes the ledger’s key, and puts all of them into the environment sallyport, which only the default branch may enter. The ledger’s public key goes into .github/sallyport.yml of the current folder. No key is written to a file.');
  withExamples(command, 'sallyport setup app', 'sallyport setup app --app-id 123456 --app-key app.pem').action((options: SetupAppOptions) => run((io) => setupApp(io, options)));
};
