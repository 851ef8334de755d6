/** What is known of one version of a package: that it is not there, its digest as npm writes it, or why nobody knows. */
export type Published = { readonly state: 'absent' } | { readonly state: 'there'; readonly integrity: string } | { readonly state: 'unknown'; readonly said: string };

/** Where packages are published. */
export type Registry = {
  published(name: string, version: string): Promise<Published>;
  /** Publishes a tarball under a dist-tag, with provenance; throws when it was not taken. In a dry run it asks npm what it would do, and sends nothing. */
  publish(tarball: string, options: { readonly distTag: string; readonly dryRun: boolean }): Promise<void>;
};
