import * as z from 'zod';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const port = ':[1-9][0-9]{0,4}';
const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';

/**
 * The name of an image: the registry's host in lower case, with a dot or a port, then `<name>` of the OCI Distribution Specification 1.1
 * (https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests); no tag, digest or user, at most 255 characters.
 * The gates have the same rule: a record may name no image that no fact can.
 */
export const imageName = z
  .string()
  .max(255)
  .regex(new RegExp(`^(?:${label}(?:\\.${label})+(?:${port})?|${label}${port})(?:/${part})+$`));
