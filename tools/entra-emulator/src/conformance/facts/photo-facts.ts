import { portrait } from '../../generate/portrait.ts';
import { at } from '../check-fact.ts';
import type { FactGroup } from '../fact.ts';
import { openFactWorld } from '../fact-world.ts';
import { get, post, put } from '../requests.ts';
import { contoso, user, userId } from './contoso.ts';

const pictured = `/users/${userId(1)}`;
const faceless = `/users/${userId(2)}`;
const picture = portrait(1);

/** Photos of users. */
export const photoFacts: FactGroup = {
  title: 'photos',
  world: () =>
    openFactWorld({
      directory: contoso([user(1, { photo: picture.toString('base64') }), user(2), user(3)]),
      faults: { beforeRequest: ({ url }) => (url.endsWith('?slow') ? { delayMs: 200 } : undefined) },
    }),
  facts: [
    {
      lines: ['4/18'],
      says: 'gives the bytes of a photo',
      ask: get(`${pictured}/photo/$value`),
      status: 200,
      headers: { 'content-type': /^image\// },
      check: ({ body }) => (Buffer.isBuffer(body) && body.equals(picture) ? undefined : 'other bytes'),
    },
    {
      lines: ['4/18'],
      says: 'lists the sizes up to that of the upload',
      ask: get(`${pictured}/photos`),
      status: 200,
      check: ({ body }) => {
        const sizes = (at(body, 'value') as { id: string }[]).map(({ id }) => id);
        return sizes[0] === '48x48' && !sizes.includes('648x648') ? undefined : sizes.join();
      },
    },
    {
      lines: ['4/18'],
      says: 'gives a photo by its size',
      ask: get(`${pictured}/photos/48x48/$value`),
      status: 200,
      headers: { 'content-type': /^image\// },
    },
    {
      lines: ['4/18'],
      says: 'does not have a size above that of the upload',
      ask: get(`${pictured}/photos/648x648`),
      status: 404,
    },
    { lines: ['4/18'], says: 'does not have a size of its own', ask: get(`${pictured}/photos/50x50`), status: 404 },
    {
      lines: ['4/19'],
      says: 'describes a photo by type, tag, size and id',
      ask: get(`${pictured}/photo`),
      status: 200,
      values: { '@odata\\.mediaContentType': /^image\//, '@odata\\.mediaEtag': /^".+"$/, id: /^\d+x\d+$/ },
      types: { width: 'number', height: 'number' },
    },
    {
      lines: ['4/19'],
      says: 'gives another photo another tag',
      ask: async (world) => {
        const before = await world.call('GET', `${pictured}/photo`);
        await put(`${pictured}/photo/$value`, portrait(2), { 'content-type': 'image/png' })(world);
        const after = await world.call('GET', `${pictured}/photo`);
        const same = at(before.body, '@odata\\.mediaEtag') === at(after.body, '@odata\\.mediaEtag');
        return { ...after, body: { same } };
      },
      values: { same: false },
    },
    {
      lines: ['4/20'],
      says: 'answers 404 to the bytes of no photo',
      ask: get(`${faceless}/photo/$value`),
      status: 404,
      code: 'ImageNotFound',
      values: { 'error.message': /ImageNotFoundException/ },
    },
    { lines: ['4/20'], says: 'answers 404 to its description', ask: get(`${faceless}/photo`), status: 404 },
    {
      lines: ['4/20'],
      says: 'lists no sizes of it',
      ask: get(`${faceless}/photos`),
      status: 200,
      values: { value: [] },
    },
    {
      lines: ['4/23'],
      says: 'gives the bytes in a batch as base64',
      ask: post('/$batch', { requests: [{ id: '1', method: 'GET', url: `${pictured}/photo/$value` }] }),
      status: 200,
      check: ({ body }) =>
        Buffer.from(String(at(body, 'responses.0.body')), 'base64').equals(portrait(2)) ? undefined : 'other bytes',
    },
    {
      lines: ['4/22'],
      says: 'answers four requests for a mailbox at a time, and throttles the fifth',
      ask: async (world) => {
        const five = Array.from({ length: 5 }, () => world.call('GET', `/users/${userId(3)}/photos?slow`));
        const statuses = (await Promise.all(five)).map(({ status }) => status);
        return { status: 0, headers: {}, body: { statuses: statuses.toSorted() } };
      },
      values: { statuses: [200, 200, 200, 200, 429] },
    },
  ],
};
