/** Does `work` for every item, in as many lanes as there are `workers`, each of which does one item at a time. Results are in the order of the items. */
export async function inLanes<Item, Worker, Result>(items: readonly Item[], workers: readonly Worker[], work: (item: Item, worker: Worker) => Promise<Result>): Promise<readonly Result[]> {
  const waiting = [...items.entries()];
  const done = new Map<number, Result>();
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) done.set(next[0], await work(next[1], worker));
    }),
  );
  return [...done].sort(([a], [b]) => a - b).map(([, result]) => result);
}
