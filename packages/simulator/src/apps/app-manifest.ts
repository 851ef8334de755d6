import * as z from 'zod';
import { githubDescription } from '../contract/description.ts';

/** Permissions and their levels, from GitHub's description. */
const levels = z.object({ properties: z.record(z.string(), z.object({ enum: z.array(z.string()) })) }).parse(githubDescription.components.schemas['app-permissions']).properties;

const webUrl = z.url({ protocol: /^https?$/ });
const permissions = z.record(z.string(), z.enum(['read', 'write', 'admin'])).superRefine((asked, issue) => {
  for (const [name, level] of Object.entries(asked)) {
    if (levels[name]?.enum.includes(level) !== true) issue.addIssue({ code: 'custom', message: `${name}: ${level} is no permission of an App`, path: [name] });
  }
});

/** GitHub, "Registering a GitHub App from a manifest", November 2026. A name may be left to the person there; here it is needed. */
const manifest = z.strictObject({
  name: z.string().regex(/[a-z0-9]/i).max(34),
  url: webUrl,
  hook_attributes: z.object({ url: webUrl, active: z.boolean().default(true) }).optional(),
  redirect_url: webUrl,
  callback_urls: z.array(webUrl).max(10).default([]),
  setup_url: webUrl.optional(),
  description: z.string().default(''),
  public: z.boolean().default(false),
  default_events: z.array(z.string()).default([]),
  default_permissions: permissions.default({}),
  request_oauth_on_install: z.boolean().optional(),
  setup_on_update: z.boolean().optional(),
});
export type AppManifest = z.output<typeof manifest>;
export type ManifestReading = { readonly kind: 'manifest'; readonly manifest: AppManifest } | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads the form field `manifest`: JSON. */
export function parseManifest(text: string): ManifestReading {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { kind: 'invalid', problems: ['The manifest is not JSON.'] };
  }
  const parsed = manifest.safeParse(document);
  if (parsed.success) return { kind: 'manifest', manifest: parsed.data };
  return { kind: 'invalid', problems: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'manifest'}: ${message}`) };
}
