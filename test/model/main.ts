export { neverSeen, runModel } from './run-model.ts';
export { renderFailure, renderReport } from './render-model.ts';
export { faults } from './faults.ts';
