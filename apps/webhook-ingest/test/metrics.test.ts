import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BusError } from '@learnamp/bus';
import { aChangeNotification } from './a-change-notification.ts';
import { type Door, startDoor } from './start-door.ts';

let door: Door;
let away = false;
beforeEach(async () => {
  away = false;
  door = await startDoor((bus) => ({
    bus: {
      publish: (records) => (away ? Promise.reject(new BusError('bus-unavailable', 'no')) : bus.publish(records)),
    },
  }));
});
afterEach(() => door.close());

describe('the numbers of the door', () => {
  it('tell of each notification what became of it', async () => {
    const ours = aChangeNotification(door.keys);
    await door.post('/graph/notifications', { value: [ours, ours, { ...ours, clientState: 'forged' }, 'x'] });
    away = true;
    await door.post('/graph/notifications', { value: [ours, 'x'] });

    expect(await door.counted('notifications_total')).toEqual({
      published: 2,
      unavailable: 1,
      'unknown-sender': 1,
      malformed: 2,
    });
  });

  it('tell of handshakes, and of every answer by its status', async () => {
    await door.post('/graph/notifications?validationToken=abc', '');
    await door.post('/graph/notifications?validationToken=', '');
    await door.post('/graph/notifications', '{');
    await door.post('/nowhere', '{}');

    expect(await door.counted('handshakes_total')).toEqual({ answered: 1, refused: 1 });
    expect(await door.counted('answer_seconds')).toMatchObject({ 200: 1, 400: 2, 404: 1 });
  });

  it('have no label that a sender chooses', async () => {
    const odd = aChangeNotification(door.keys, { lifecycleEvent: 'odd', clientState: 'odd' });
    await door.post('/graph/notifications?a=odd', { value: [odd, { odd: 'odd' }] }, { 'x-odd': 'odd' });

    expect(JSON.stringify(await door.counted('notifications_total'))).not.toContain('odd');
    expect(Object.keys(await door.counted('answer_seconds'))).toEqual(['202']);
  });
});
