import type { OutgoingRecord } from '@learnamp/bus';
import type { Draw } from '../../provisioning/simulation/draw.ts';

type Spoil = (record: OutgoingRecord, draw: Draw) => OutgoingRecord;

const textOf = ({ value }: OutgoingRecord) => value?.toString() ?? '';
const valued = (record: OutgoingRecord, value: string | Buffer): OutgoingRecord => ({
  ...record,
  value: Buffer.from(value),
});
const fielded = (record: OutgoingRecord, fields: object) =>
  valued(record, JSON.stringify({ ...(JSON.parse(textOf(record)) as object), ...fields }));
const headed = (record: OutgoingRecord, headers: NonNullable<OutgoingRecord['headers']>) => ({
  ...record,
  headers: { ...record.headers, ...headers },
});

/** Each way to spoil a record so that nobody can apply it. */
export const poisons: Readonly<Record<string, Spoil>> = {
  'cut short': (record, draw) => valued(record, textOf(record).slice(0, 1 + draw.below(textOf(record).length - 1))),
  'no JSON': (record) => valued(record, `${textOf(record)}}`),
  'no UTF-8': (record) => valued(record, Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80])),
  empty: (record) => valued(record, ''),
  null: (record) => valued(record, 'null'),
  'a list': (record) => valued(record, '[]'),
  'a field is missing': (record) => fielded(record, { fields: undefined }),
  'a field is no text': (record) => fielded(record, { fields: { email: { $ne: null } } }),
  'what a careless reader trips over': (record) => fielded(record, { fields: null, personId: null }),
  'an id that is none': (record) => fielded(record, { personId: '../../etc' }),
  'a version that is none': (record) => fielded(record, { version: '9' }),
  'of almost a megabyte': (record) => fielded(record, { hash: 'x'.repeat(900_000) }),
  deep: (record) => valued(record, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  'a type that is to come': (record) => headed(record, { ce_type: 'com.learnamp.directory.user-state.v9' }),
  'another type': (record) => headed(record, { ce_type: 'com.learnamp.directory.photo-state.v1' }),
  'no type': ({ headers = {}, ...record }) => ({
    ...record,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'ce_type')),
  }),
};
