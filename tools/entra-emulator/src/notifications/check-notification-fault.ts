import { EmulatorError } from '../emulator-error.ts';
import {
  fromOne,
  must,
  notNegative,
  oneOf,
  share,
  shaped,
  text,
  whole,
  type Check,
} from '../graph/faults/shape-check.ts';
import { isJsonObject } from '../json.ts';
import type { NotificationFault } from './notification-fault.ts';

const scope = { id: text, count: fromOne, share, seed: whole, forMs: notNegative };
const transport = { ...scope, of: oneOf('change', 'lifecycle'), subscriptionId: text };
const status = must(
  'a status from 400 to 599',
  (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599,
);

/** The properties of each kind. */
const checks: Readonly<Record<NotificationFault['kind'], Check>> = {
  lose: shaped({ kind: text, ...transport }),
  reorder: shaped({ kind: text, ...transport }),
  repeat: shaped({ kind: text, ms: notNegative, ...transport }),
  delay: shaped({ kind: text, ms: notNegative, ...transport }),
  'refuse-creation': shaped({ kind: text, status, code: text, message: text, retryAfter: notNegative, ...scope }),
};

/** A fault, or an EmulatorError `fault-rule-invalid` that names the property: `fault.share must be…`. */
export function checkNotificationFault(path: string, value: unknown): NotificationFault {
  const problem = problemOf(value);
  if (problem !== undefined) throw new EmulatorError('fault-rule-invalid', `${path}${problem}`);
  return value as NotificationFault;
}

function problemOf(value: unknown): string | undefined {
  if (!isJsonObject(value)) return ' must be an object';
  const { kind } = value;
  if (!isKind(kind)) return `.kind${oneOf(...Object.keys(checks))(kind) ?? ''}`;
  const missing = kind === 'delay' && value['ms'] === undefined ? '.ms is missing' : undefined;
  return checks[kind](value) ?? missing;
}

function isKind(kind: unknown): kind is NotificationFault['kind'] {
  return typeof kind === 'string' && Object.hasOwn(checks, kind);
}
