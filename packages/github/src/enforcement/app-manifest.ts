import { OutsideError } from '@sallyport/pipeline';
import type { NewApp } from '@sallyport/pipeline';
import * as z from 'zod';
import { id } from '../answers/shared.ts';
import type { GitHubClient } from '../client.ts';
import { of } from '../repository.ts';
import type { Place } from '../repository.ts';

export type ManifestOptions = { readonly name: string; readonly repositoryPage: string; readonly permissions: Readonly<Record<string, string>>; /** Where GitHub sends the browser back to. */ readonly redirectUrl: string };

/** What GitHub makes an App of (GitHub Docs, “Registering a GitHub App from a manifest”). It gets no events: workflows start the gatekeeper. */
export const appManifest = ({ name, repositoryPage, permissions, redirectUrl }: ManifestOptions): Readonly<Record<string, unknown>> => ({
  name,
  url: repositoryPage,
  description: 'The gatekeeper of Sallyport: posts the check sallyport/merge, makes promotion tags and keeps the ledger.',
  public: false,
  redirect_url: redirectUrl,
  hook_attributes: { url: repositoryPage, active: false },
  default_permissions: permissions,
  default_events: [],
});

const conversion = z.looseObject({ id, slug: z.string().min(1), pem: z.string().min(1), html_url: z.url() });

/** Takes the App that a code stands for, with its key: once only, and within the hour. */
export async function takeApp(client: GitHubClient, code: string): Promise<NewApp> {
  const answer = await client.askOr([404, 422], { route: 'POST /app-manifests/{code}/conversions', parameters: { code }, shape: conversion, why: 'to take the new App and its key' });
  if (!answer.ok) throw new OutsideError('refused', 'GitHub does not know the code that came back for the new App: it was used before, or is older than an hour. Delete the App that was made, if one was, and begin again.', { retryable: false });
  return { id: answer.data.id, slug: answer.data.slug, privateKeyPem: answer.data.pem, page: answer.data.html_url };
}

/** Whether the App that `place` is connected as is installed where it can see the repository. */
export async function isInstalled(place: Place): Promise<boolean> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/installation', parameters: of(place), shape: z.looseObject({ id }), why: 'to see whether the App is installed', asApp: true });
  return answer.ok;
}
