import { receive, type FrontDoor, type Line } from './front-door.ts';

/** A fetch that knocks at the front door without a network between: same answers, same faults, none of the cost. A cut connection is fetch's own TypeError. */
export function fetchInProcess(door: FrontDoor): typeof globalThis.fetch {
  const cut = (): never => {
    throw new TypeError('fetch failed', { cause: new Error('the connection was cut') });
  };
  const line: Line = { drop: cut, breakOff: cut };
  return async (input, init) => {
    const answer = await receive(door, new Request(input, init), line);
    const location = answer.headers.get('location');
    // As fetch does. Where files lie nobody asks who is asking.
    return answer.status === 302 && location !== null && init?.redirect !== 'manual' ? receive(door, new Request(location), line) : answer;
  };
}
