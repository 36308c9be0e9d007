import type { JsonObject } from '../../../json.ts';
import { form } from '../form.ts';
import type { Scenario } from '../scenario.ts';
import { directoryOf, replaced, textOf } from '../seed.ts';
import { bodyOf } from '../stage.ts';

const USER = '10000000-0000-4000-8000-000000000001';

/** A photo, and what there is instead. */
export const photoScenarios: readonly Scenario[] = [
  {
    file: 'photos/photo-metadata.json',
    oddity: 'asked as /me; here by the id of the person',
    corrected: (example) => replaced(example, ['#Me/photo', `#users('${ownerOf(example).id}')/photo`]),
    async answer(example, stage) {
      const { id, tenantId } = ownerOf(example);
      const photo = jpeg(Number(example['width']), Number(example['height'])).toString('base64');
      const world = await stage.open({ directory: directoryOf({ tenantId, users: [{ id, photo }] }) });
      return bodyOf(world.call('GET', `/users/${id}/photo`));
    },
    forms: { '/@odata.id': form.link, '/@odata.mediaEtag': form.eTag },
  },
  {
    file: 'photos/error-404-image-not-found.json',
    async answer(_example, stage) {
      const world = await stage.open({ directory: directoryOf({ users: [{ id: USER }] }) });
      return bodyOf(world.call('GET', `/users/${USER}/photo/$value`), 404);
    },
  },
  {
    file: 'photos/error-nonexistent-mailbox.json',
    oddity: 'the refusal of a mailbox in Exchange, which a fault stands for; the page leaves innerError out',
    async answer(example, stage) {
      const error = example['error'] as JsonObject;
      const fault = { status: 404, code: textOf(error['code']), message: textOf(error['message']) };
      const faults = { beforeRequest: () => fault };
      const world = await stage.open({ directory: directoryOf({ users: [{ id: USER }] }), faults });
      return bodyOf(world.call('GET', `/users/${USER}/photo`), 404);
    },
    extra: ['/error/innerError'],
  },
];

function ownerOf(example: JsonObject): { id: string; tenantId: string } {
  const [, id = '', tenantId = ''] = /\/users\('([^@]+)@([^']+)'\)\/photo$/.exec(textOf(example['@odata.id'])) ?? [];
  return { id, tenantId };
}

/** The smallest file that has a JPEG's size: a frame header (ITU T.81, B.2.2) between start and end. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0000b08000000000101110000', 'hex').subarray(0, 13);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8', 'hex'), frame, Buffer.from('ffd9', 'hex')]);
}
