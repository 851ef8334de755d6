import * as core from '@actions/core';
import { InputError } from '../../src/input-error.ts';
import { runAction } from '../../src/run-action.ts';

// How the run ends is what the record takes: an unhealthy environment whose step did not fail makes the job fail here.
await runAction(() => {
  const said = core.getState('unhealthy');
  return said === '' ? Promise.resolve() : Promise.reject(new InputError('unhealthy', said));
});
