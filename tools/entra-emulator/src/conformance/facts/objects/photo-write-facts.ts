import { portrait } from '../../../generate/portrait.ts';
import type { Fact, FactGroup } from '../../fact.ts';
import { openFactWorld } from '../../fact-world.ts';
import { after, get, put, remove } from '../../requests.ts';
import { contoso, user, userId } from '../contoso.ts';

const photo = `/users/${userId(1)}/photo`;
const value = `${photo}/$value`;
const png = { 'content-type': 'image/png' };

function refuses(says: string, ask: Fact['ask'], status: number, code: string): Fact {
  return { lines: ['4/18'], says, ask, status, code };
}

function patchPhoto(body: Buffer): Fact['ask'] {
  return (world) => world.call('PATCH', value, { body, headers: png });
}

/** How photos are set and deleted. */
export const photoWriteFacts: FactGroup = {
  title: 'writing photos',
  world: () => openFactWorld({ directory: contoso([user(1)]) }),
  facts: [
    { lines: ['4/18'], says: 'sets a photo by PUT', ask: put(value, portrait(1), png), status: 200 },
    {
      lines: ['4/18'],
      says: 'sets a photo by PATCH all the same',
      ask: after(patchPhoto(portrait(2)), get(value)),
      status: 200,
      check: ({ body }) => (portrait(2).equals(body as Buffer) ? undefined : 'other bytes'),
    },
    refuses('takes nothing but images', put(value, Buffer.from('text'), png), 400, 'Request_BadRequest'),
    refuses(
      'takes no image that is called something else',
      put(value, portrait(1), { 'content-type': 'text/plain' }),
      400,
      'BadRequest',
    ),
    refuses(
      'takes no photo of more than 4 MB',
      put(value, Buffer.alloc(4 * 1024 * 1024 + 1), png),
      413,
      'RequestEntityTooLarge',
    ),
    {
      lines: ['4/18'],
      says: 'takes a photo of 4 MB',
      ask: put(value, Buffer.concat([portrait(1), Buffer.alloc(4 * 1024 * 1024 - portrait(1).length)]), png),
      status: 200,
    },
    {
      lines: ['4/19'],
      says: 'answers 304 to who has the photo already',
      ask: async (world) => {
        const { headers } = await world.call('GET', value);
        return world.call('GET', value, { headers: { 'if-none-match': headers['etag'] ?? '' } });
      },
      status: 304,
    },
    {
      lines: ['4/19'],
      says: 'sends the photo to who has another one',
      ask: get(value, { 'if-none-match': '"00000000"' }),
      status: 200,
    },
    { lines: ['4/18'], says: 'deletes a photo', ask: remove(value), status: 204 },
    refuses('deletes no photo that is not there', remove(value), 404, 'ImageNotFound'),
    refuses(
      'sets no photo of nobody',
      put('/users/nobody@contoso.example/photo/$value', portrait(1), png),
      404,
      'Request_ResourceNotFound',
    ),
  ],
};

/** Photos that aren't there, as Microsoft documents them. */
export const describedPhotoFacts: FactGroup = {
  title: 'missing photos with a description',
  world: () => openFactWorld({ directory: contoso([user(1)], [], { missingPhotos: 'described' }) }),
  facts: [
    {
      lines: ['4/20'],
      says: 'describes no photo as one of 1x1',
      ask: get(photo),
      status: 200,
      values: { id: '1x1', width: 1, height: 1, '@odata\\.mediaContentType': 'image/gif', '@odata\\.mediaEtag': '' },
    },
    { lines: ['4/20'], says: 'has no bytes of it', ask: get(value), status: 404, code: 'ImageNotFound' },
    {
      lines: ['4/20'],
      says: 'describes a photo that is there',
      ask: after(put(value, portrait(1), png), get(photo)),
      values: { '@odata\\.mediaContentType': 'image/png' },
    },
  ],
};
