/**
 * `advisory`: somebody who may write can get past the gates. `locked`: nobody can without an administrator's change or the keys. `double-locked`: the App is also asked
 * before each deployment. `unknown`: nothing was found open, and something that the lock rests on could not be seen.
 */
export type LockLevel = 'advisory' | 'unknown' | 'locked' | 'double-locked';
