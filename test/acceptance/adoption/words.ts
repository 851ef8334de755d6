/** What the page says between what was typed. */
export const words = {
  title: `# An adoption, as it was typed

This is a whole adoption, from a repository that has never heard of Sallyport to its first release on a Saturday. A test types every line that begins with \`$\`, with the command
as it is packed for npm and against a simulated GitHub, and holds this page to what it said. The steps are those of the [README](../README.md#adopting-it);
[docs/setup.md](setup.md) says more about each.

What differs from run to run was made the same: commits and digests count \`0123456789abcdef\`, numbers that GitHub gives out are 1234, seconds are nought, and the addresses are GitHub's own. Where
you work there is no \`GITHUB_API_URL\` to set; \`GITHUB_TOKEN\` holds the token of an administrator, here olga's.`,

  before: `## 1. A repository with tests

The shop is a small Node server. It has a script \`test\`, a script \`build\` that fills the folder \`dist\`, a script that deploys, and a workflow that tests pull requests. Lena and Lou
are the team \`acme/security-leads\`.`,

  init: `## 2. Policy and workflows: \`sallyport init\`

Once Sallyport is on npm, \`npx sallyport init\` is enough; here the packed file (\`npm pack -w sallyport\` in a clone of Sallyport, after \`npm run setup\`) is installed first, without a trace in \`package.json\`. \`init\` finds the check \`test\`, the branch and the build by
itself. It is told three things: who approves urgent fixes, how to deploy, and which commit of Sallyport the workflows use. The simulated GitHub does not sign builds, so they are not
asked to be signed; leave \`--no-provenance\` out where GitHub does.`,

  app: `## 3. The App and its keys: \`sallyport setup app\`

The gatekeeper is a GitHub App of your own. The command opens a page on your machine, which sends you to GitHub with the permissions filled in; you confirm, and install the App on the
repository. Its key and the ledger's go straight into an environment that only the default branch may enter, and are in no file. The ledger's public key goes into the policy.`,

  push: `## 4. Push it

The push is built at once, as every commit of \`main\` is from now on. No gate has judged this commit, so its build is recorded and goes nowhere.`,

  lock: `## 5. The lock: \`sallyport setup plan\` and \`setup apply\`

\`plan\` compares the settings on GitHub with what the policy needs and changes nothing; exit status 4 says that something is to be done. \`apply\` prints the same, and does it.`,

  doctor: `## 6. Is it locked? \`sallyport doctor\`

The credentials of the deploy were moved into the environments \`staging\` and \`production\` (Settings, Environments), and are nowhere else. \`doctor\` looks at every place where GitHub
enforces something, and says what it found and what each can still get past.`,

  adopted: `That is all there is to adopting. Nothing was promoted yet, and \`status\` says when production opens.`,

  story: `## 7. A week in that repository

From here on it is the story of \`npm start\`, in the repository that was just set up, with the workflows that \`init\` wrote: tests, builds, archives, deploys and the servers they reach are real.
Each line with a tick was expected, and held.`,

  gate: `Whoever wants to know more asks at the command line. Exit status 4 is *wait*.`,

  review: `Ben wrote part of the change, so his approval does not count; Cleo's does, until somebody pushes again.`,

  staging: `Ada merges. \`build.yml\` builds that commit once, \`gatekeeper.yml\` makes the tag \`promote/staging/1\`, and \`deploy.yml\` asks again and deploys it.`,

  closed: `On Wednesday the build has been in staging for long enough, and production is closed: the gatekeeper waits for Saturday, and those who try to go around it get nowhere.`,

  override: `A hole in the shop cannot wait until Saturday. The fix takes the same way as any change, and one approval of somebody who leads security opens the window for that one build.`,

  window: `The ordinary release was staged on Thursday. At six on Saturday the window opens, and nobody has to be there.`,

  record: `## 8. What an auditor sees

\`audit.yml\` verifies the ledger and audits \`main\` every night. The simulated GitHub does not call workflows of other repositories, so both are typed here. Asked about everything since
the first commit, the audit names what came without a gate's decision, and that is the adoption itself. It holds up nobody: before a first promotion there is nothing to count from.`,

  since: `Since the day after it, everything came through the gate. The nightly run looks eight days back, so in the first eight nights it fails and names what came before.`,

  tampering: `And nobody rewrites the record unseen.`,

  after: `## What this does not show

Nothing here ran on github.com. Signed builds, a merge queue and probes are left out; [provenance](provenance.md), [the merge gate](merge-gate.md) and [health](health.md) describe them.`,
} as const;
