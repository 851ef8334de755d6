import type { components } from '@octokit/openapi-types';

/** The shapes of GitHub's answers, by their names in its OpenAPI description. Types only: nothing of it is loaded. */
export type Schemas = components['schemas'];

/** GitHub's opaque node ids. */
export const nodeId = (type: string, id: number | string): string => Buffer.from(`0${String(type.length)}:${type}${String(id)}`).toString('base64');
