import type { Fact } from './fact.ts';
import type { FactRequest } from './fact-world.ts';

type Ask = Fact['ask'];

/** A request below `/v1.0`, for facts that need nothing before it. */
export function get(address: string, headers: FactRequest['headers'] = {}): Ask {
  return (world) => world.call('GET', address, { headers });
}

export function post(address: string, body: FactRequest['body'], headers: FactRequest['headers'] = {}): Ask {
  return (world) => world.call('POST', address, { ...(body === undefined ? {} : { body }), headers });
}

export function patch(address: string, body: object): Ask {
  return (world) => world.call('PATCH', address, { body });
}

export function put(address: string, body: object | Buffer, headers: FactRequest['headers'] = {}): Ask {
  return (world) => world.call('PUT', address, { body, headers });
}

export function remove(address: string): Ask {
  return (world) => world.call('DELETE', address);
}

/** A request after another one, whose answer doesn't matter. */
export function after(first: Ask, second: Ask): Ask {
  return async (world) => {
    await first(world);
    return second(world);
  };
}
