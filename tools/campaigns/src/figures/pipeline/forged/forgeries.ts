import { randomBytes, randomUUID } from 'node:crypto';
import { type KeyRing, parseKeyRing } from '@learnamp/contracts';
import type { Draw } from '../../provisioning/simulation/draw.ts';
import { aSender, clientStateOf, type Notification, notificationOf, type Sender } from '../ingest/notifications.ts';

/** What a forger may know: other organisations' notifications, and how a clientState is made but for the keys. */
interface Known {
  readonly keys: KeyRing;
  readonly target: Sender;
  readonly other: Sender;
  readonly draw: Draw;
}

type Forge = (known: Known) => Notification;

const foreignKeys = parseKeyRing(`k2:${randomBytes(32).toString('base64url')}`);
const text = (length: number) => 'x'.repeat(length);
const good = ({ keys, target }: Known) => notificationOf(keys, target, randomUUID());
const with_ = (known: Known, given: Notification): Notification => ({ ...good(known), ...given });
const state = (known: Known, change: (parts: string[]) => string[]) =>
  with_(known, { clientState: change(clientStateOf(known.keys, known.target).split('.')).join('.') });
const mac = (known: Known, change: (given: string) => string) =>
  state(known, ([id = '', kind = '', organisation = '', given = '']) => [id, kind, organisation, change(given)]);

const flipped = (given: string, place: number) =>
  `${given.slice(0, place)}${given[place] === 'A' ? 'B' : 'A'}${given.slice(place + 1)}`;

/** Each way to forge. None of them is a notification of ours. */
export const forgeries: Readonly<Record<string, Forge>> = {
  'the right prefix and nothing behind it': (known) => mac(known, () => ''),
  'the right prefix and a guess': (known) => mac(known, () => randomBytes(32).toString('base64url')),
  // Not in the last character: its lowest bits say nothing.
  'one character off': (known) => mac(known, (given) => flipped(given, known.draw.below(given.length - 1))),
  'the right beginning': (known) =>
    mac(known, (given) => `${given.slice(0, 20)}${randomBytes(17).toString('base64url')}`),
  'a part of the right one': (known) => mac(known, (given) => given.slice(0, 1 + known.draw.below(given.length - 1))),
  'more than the right one': (known) => mac(known, (given) => given + text(1 + known.draw.below(20))),
  'other letters of it': (known) => mac(known, (given) => given.toUpperCase()),
  'signed by nobody’s key': (known) => with_(known, { clientState: clientStateOf(foreignKeys, known.target) }),
  'of a key that is not there': (known) => state(known, ([, ...rest]) => ['k9', ...rest]),
  'of the older key': (known) => state(known, ([, ...rest]) => ['k1', ...rest]),
  'another organisation’s': (known) => with_(known, { clientState: clientStateOf(known.keys, known.other) }),
  'another organisation’s name': (known) =>
    state(known, ([id = '', kind = '', , given = '']) => [id, kind, known.other.organisationId, given]),
  'another tenant': (known) => with_(known, { tenantId: known.other.tenantId }),
  'no tenant': (known) => with_(known, { tenantId: undefined }),
  'for another kind of resource': (known) => with_(known, { resource: `Groups/${randomUUID()}` }),
  'another kind’s name': (known) => with_(known, { ...renamed(known), resource: `Groups/${randomUUID()}` }),
  empty: (known) => with_(known, { clientState: '' }),
  'of 129 characters': (known) =>
    with_(known, { clientState: clientStateOf(known.keys, known.target).padEnd(129, 'x') }),
  'with a part too many': (known) => state(known, (parts) => [...parts, 'x']),
  'no text': (known) => with_(known, { clientState: known.draw.from([null, 7, [], {}, { $ne: null }, ['x']]) }),
  'a lifecycle notification': (known) => ({ ...with_(known, { tenantId: known.other.tenantId }), ...lifecycle }),
  'a lifecycle event of markup': (known) => with_(known, { ...lifecycle, lifecycleEvent: '<b>' }),
};

const lifecycle = { lifecycleEvent: 'reauthorizationRequired', resource: undefined, changeType: undefined };

const renamed = ({ keys, target }: Known): Notification => {
  const [id, , organisation, given] = clientStateOf(keys, target).split('.');
  return { clientState: [id, 'groups', organisation, given].join('.') };
};

export const knownTo = (keys: KeyRing, draw: Draw): Known => ({
  keys,
  target: aSender('acme'),
  other: aSender('umbrella'),
  draw,
});
