import { loadYaml } from '@sallyport/pipeline';
import { parsePolicy, policyJsonSchema } from '@sallyport/policy';
import type { GitHubParser } from '../contract/github-parser.ts';

/** What a YAML block shows: a policy or parts of one; a workflow; the lower half of a job; steps of one. null: none of them. */
type Kind = 'policy' | 'workflow' | 'jobs' | 'job' | 'steps' | null;

const policyKeys = new Set(Object.keys((policyJsonSchema() as { readonly properties: object }).properties));

/** What is wrong with a YAML block, a sentence each. What is only a part is put where it belongs, and judged there. */
export async function problemsInYaml(text: string, parser: GitHubParser): Promise<readonly string[]> {
  const document = loadYaml(text);
  if (document === null) return ['It is no YAML.'];
  const kind = kindOf(document);
  if (kind === null) return ['It is neither a policy nor a workflow, nor a part of one.'];
  return kind === 'policy' ? problemsInPolicy(text, Object.keys(document as object)) : parser.workflow('block.yml', asWorkflow(kind, text));
}

function kindOf(document: unknown): Kind {
  if (Array.isArray(document)) return document.every((one) => typeof one === 'object' && one !== null && ('uses' in one || 'run' in one)) ? 'steps' : null;
  if (typeof document !== 'object' || document === null) return null;
  const keys = Object.keys(document);
  if (keys.includes('jobs')) return keys.includes('on') ? 'workflow' : 'jobs';
  if (keys.includes('steps') || keys.includes('runs-on')) return 'job';
  return keys.length > 0 && keys.every((key) => policyKeys.has(key)) ? 'policy' : null;
}

function asWorkflow(kind: Exclude<Kind, 'policy' | null>, text: string): string {
  const above = 'name: around it\non: push\n';
  switch (kind) {
    case 'workflow':
      return text;
    case 'jobs':
      return `${above}${text}`;
    case 'job':
      return `${above}jobs:\n  shown:\n${/^runs-on:/m.test(text) ? '' : '    runs-on: ubuntu-24.04\n'}${indented(text, 4)}`;
    case 'steps':
      return `${above}jobs:\n  shown:\n    runs-on: ubuntu-24.04\n    steps:\n${indented(text, 6)}`;
    default:
      return kind satisfies never;
  }
}

const indented = (text: string, by: number): string => text.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');

/** What a part of a policy stands beside, by its first word. */
const around: Readonly<Record<string, string>> = {
  version: 'version: 1',
  merge: 'merge:\n  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]',
  environments: 'environments:\n  staging: {}\n  production:\n    after: { environment: staging, soak: 24h }\n    window: saturday-morning\n    override: security-fix',
  windows: 'windows:\n  saturday-morning: { zone: America/Los_Angeles, days: [saturday], from: "06:00", to: "12:00" }',
  overrides: 'overrides:\n  security-fix:\n    approvers: { team: acme/security-leads, approvals: 1 }',
};

function problemsInPolicy(text: string, keys: readonly string[]): readonly string[] {
  const above = keys.includes('version') ? [] : besides(keys).flatMap((part) => part.split('\n'));
  const { problems } = parsePolicy([...above, withWholeDigests(text), ''].join('\n'), { file: 'the block' });
  return problems.filter(({ severity }) => severity === 'error').map(({ line, message }) => `Line ${line - above.length}: ${message}`);
}

/** A part that names windows of its own stands beside no environments that use another. */
const besides = (keys: readonly string[]): readonly string[] => Object.entries(around).filter(([key]) => !keys.includes(key) && !(keys.includes('windows') && key === 'environments')).map(([, part]) => part);

/** `3b1f…` stands for a digest that begins so. */
const withWholeDigests = (text: string): string => text.replaceAll(/\b([0-9a-f]{4,})…/g, (_all, begin: string) => begin.padEnd(64, '0'));
