export { packageProblems } from './package-problems.ts';
export { packPackages } from './pack-packages.ts';
