/** Does what has to end in time. Throws when it took longer: what blows up takes minutes, and a busy machine seconds. */
export async function mustEndWithin<T>(milliseconds: number, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const took = performance.now() - started;
  if (took > milliseconds) throw new Error(`It took ${Math.round(took)} ms; at most ${milliseconds} are allowed.`);
  return result;
}
