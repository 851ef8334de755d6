import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { pinOf } from '../../packages/cli/src/init/pins.ts';
import { readActions } from '../../scripts/actions/action-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { load } = createRequire(`${root}packages/simulator/package.json`)('js-yaml') as { readonly load: (text: string) => unknown };
const commit = '2'.repeat(40);

it.each(readActions(root, load))('`init --pin` knows the action $folder', ({ folder }) => {
  expect(pinOf(`      - uses: acme/sallyport/packages/actions/${folder}@${commit} # v1.0.0\n`)).toEqual({ copy: 'acme/sallyport', commit });
});
