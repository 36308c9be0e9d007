import { at } from '../../check-fact.ts';
import { applications } from './entra-directories.ts';
import { appToken, document, openEntraWorld } from './entra-requests.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import type { FactWorld } from '../../fact-world.ts';

const keys = document('/discovery/v2.0/keys');
const token = appToken(applications.portal);

const kids = (body: unknown): unknown[] => (at(body, 'keys') as { kid: string }[]).map(({ kid }) => kid);

/** The keys now, those before something happened, and the kids of tokens from before and after. */
function around(happen: (world: FactWorld) => Promise<void> | void): Fact['ask'] {
  return async (world) => {
    const [before, old] = [await keys(world), await token(world)];
    await happen(world);
    const [after, fresh] = [await keys(world), await token(world)];
    const heard = await world.call('GET', '/organization', { token: String(at(old.body, 'access_token')) });
    return {
      ...after,
      body: {
        before: kids(before.body),
        after: kids(after.body),
        old: at(old.body, 'accessHeader.kid'),
        fresh: at(fresh.body, 'accessHeader.kid'),
        heard: heard.status,
      },
    };
  };
}

interface Rollover {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly old: string;
  readonly fresh: string;
}

const holds =
  (isSo: (rollover: Rollover) => boolean): NonNullable<Fact['check']> =>
  ({ body }) =>
    isSo(body as Rollover) ? undefined : 'the keys are not those';

/** How keys come and go. */
export const signingKeyFacts: FactGroup = {
  title: 'signing keys',
  world: openEntraWorld,
  facts: [
    {
      lines: ['7.3/1'],
      says: 'publishes several keys at any time',
      ask: keys,
      status: 200,
      keys: ['keys.0.kid', 'keys.0.x5c', 'keys.1.kid'],
    },
    {
      lines: ['7.3/1'],
      says: 'signs after a rollover by a key that was published before, and goes on publishing the old one',
      ask: around(({ emulator }) => emulator.entra.rotateKeys()),
      values: { heard: 403 },
      check: holds(({ before, after, old, fresh }) => fresh !== old && before.includes(fresh) && after.includes(old)),
    },
    {
      lines: ['7.3/1'],
      says: 'signs after an immediate rollover by a key that nobody has seen, and drops the old one',
      ask: around(({ emulator }) => emulator.entra.rotateKeys('immediate')),
      values: { heard: 401 },
      check: holds(
        ({ before, after, old, fresh }) => !before.includes(fresh) && after.includes(fresh) && !after.includes(old),
      ),
    },
    {
      lines: ['7.3/1'],
      says: 'drops the keys of before when they are retired',
      ask: around(async ({ emulator }) => {
        await emulator.entra.rotateKeys();
        emulator.entra.retireKeys();
      }),
      values: { heard: 401 },
      check: holds(({ after, old }) => !after.includes(old)),
    },
  ],
};
