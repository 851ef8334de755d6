/**
 * What is not run as it stands, and why: every command of every `sh`, `bash`, `shell` and `console` block of our pages is run, unless a row here names it by page and
 * line. A row without `status` says that it is not run at all; with one, that it is run and ends so, because that is its answer. A row that fits
 * no line fails the test.
 */
export type Exception = { readonly page: string; readonly line: string; readonly status?: number; readonly why: string };

const story = 'The story takes half a minute; test/acceptance/story.test.ts plays it from the bundle, and makes its cases again.';
const conformance = 'It takes minutes. .ci/run runs the suite, and npm test its documents.';
const model = 'It takes minutes; npm test runs a short one, test/model.';

export const exceptions: readonly Exception[] = [
  { page: 'README.md', line: 'npm start', why: story },
  { page: 'README.md', line: 'npm test', why: 'It is what runs this.' },
  { page: 'README.md', line: 'npm start --silent -- --json > story.json', why: story },
  { page: 'README.md', line: `node -e "console.log(JSON.stringify(require('./story.json').cases[0]))" > case.json`, why: story },
  { page: 'README.md', line: 'node packages/cli/dist/sallyport.mjs gate merge --facts case.json --check', why: story },
  { page: 'docs/doctor.md', line: 'sallyport doctor --sarif > doctor.sarif', status: 1, why: 'The repository of this test is not locked, and doctor says so.' },
  { page: 'docs/merge-gate.md', line: 'sallyport gate merge 12 --repo acme/shop', status: 4, why: 'The change waits for its test and an approval.' },
  { page: 'docs/provenance.md', line: `gh attestation trusted-root | jq -c 'select(.certificateAuthorities[0].uri == "fulcio.githubapp.com")' > .github/trusted_root.json`, why: 'gh asks github.com.' },
  { page: 'docs/versions.md', line: `gh release download v1.8.0 --pattern 'sallyport-checkpoint-*'`, why: 'gh asks github.com. The file is there for the next line.' },
  { page: 'packages/cli/README.md', line: 'sallyport setup plan --app sallyport-shop', status: 4, why: 'The repository of this test is not locked, so there is something to do.' },
  { page: 'packages/cli/README.md', line: 'sallyport doctor', status: 1, why: 'The repository of this test is not locked, and doctor says so.' },
  { page: 'packages/cli/README.md', line: 'sallyport demo', why: story },
  { page: 'packages/cli/README.md', line: 'sallyport gate merge 12 --repo acme/shop', status: 4, why: 'The change waits for its test and an approval.' },
  { page: 'packages/cli/README.md', line: 'sallyport gate release 1.8.0-rc.3', status: 1, why: 'That build runs already.' },
  { page: 'packages/cli/README.md', line: 'sallyport window explain', status: 4, why: 'It is Wednesday, and the window is closed.' },
  { page: 'packages/cli/README.md', line: 'sallyport audit main --since v1.7.0', status: 1, why: 'Commits came to main past the gate, which is what it finds.' },
  { page: 'packages/cli/README.md', line: 'sallyport explain decision.json', status: 4, why: 'The decision waits for the window.' },
  { page: 'packages/cli/README.md', line: 'sallyport override approve 41', why: 'It asks a person at a terminal; packages/cli/src/online.test.ts answers.' },
  { page: 'test/conformance/README.md', line: 'npm run conformance', why: conformance },
  { page: 'test/conformance/README.md', line: 'npm run conformance -- --json', why: conformance },
  { page: 'test/conformance/README.md', line: 'npm run conformance -- --gate "node packages/cli/dist/sallyport.mjs gate {gate} --facts - --json"', why: conformance },
  { page: 'test/model/README.md', line: 'npm run model', why: model },
  { page: 'test/model/README.md', line: 'npm run soak -- --minutes 60', why: 'It takes an hour.' },
  { page: 'test/model/README.md', line: 'npm run soak -- --seed 7 --path 12:3:0', why: 'It is for a failure, and there is none.' },
  { page: 'test/model/README.md', line: 'npm run model:faults', why: model },
  { page: 'test/model/README.md', line: 'npm run crash', why: 'It takes minutes; npm test kills at some of the calls, test/model/crash.' },
];
