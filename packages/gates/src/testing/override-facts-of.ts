import { completeList, known } from '../facts/fact.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import type { Person } from '../facts/shared.ts';
import { ana, ben, cho, instantOf } from './people.ts';
import { buildDigest, buildOf } from './promotion-facts-of.ts';

type Approval = OverrideFacts['approvals']['items'][number];

export const requestedAt = instantOf('2026-11-26T18:00:00Z');
export const approvedAt = instantOf('2026-11-26T18:30:00Z');

export const overrideApprovalBy = (person: Person, changes: Partial<Approval> = {}): Approval => ({
  commentId: person.id * 10,
  person,
  commentedAt: approvedAt,
  edited: false,
  digestPrefix: buildDigest.slice(0, 'sha256:'.length + 12),
  environment: 'production',
  membership: known('active'),
  url: `https://github.example/acme/shop/issues/31#comment-${person.id}`,
  ...changes,
});

/** Ben asks for Ana's fix, Cho, a security lead, approves it: it is granted. */
export const overrideFactsOf = (changes: Partial<OverrideFacts> = {}): OverrideFacts => ({
  schema: 1,
  gate: 'override',
  repository: { owner: 'acme', name: 'shop', id: 5000, defaultBranch: 'main' },
  request: {
    id: '31',
    open: true,
    requester: ben,
    requestedAt,
    environment: 'production',
    build: buildDigest,
    reason: 'customer data is readable',
    advisory: 'CVE-2026-12345',
    url: 'https://github.example/acme/shop/issues/31',
  },
  build: known(buildOf()),
  contributors: completeList([ana]),
  approvals: completeList([overrideApprovalBy(cho)]),
  granted: known(null),
  ...changes,
});

export const withRequest = (changes: Partial<OverrideFacts['request']>): OverrideFacts => overrideFactsOf({ request: { ...overrideFactsOf().request, ...changes } });
