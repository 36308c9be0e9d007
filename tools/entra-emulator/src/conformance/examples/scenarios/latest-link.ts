import type { FactWorld } from '../../fact-world.ts';
import { textOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';

/** A delta link for what happens from now on. The address selects something. */
export async function latestLink(world: FactWorld, address: string): Promise<string> {
  const body = await bodyOf(world.call('GET', `${address}&$deltatoken=latest`));
  return textOf(body['@odata.deltaLink']);
}
