import type { MovableTime } from '../clock/movable-time.ts';
import { isQuiet, passTime } from '../clock/pass-time.ts';
import { refused, type ControlDeps, type Handlers } from './handlers.ts';

type ClockCommands = 'freeze-clock' | 'set-clock-speed' | 'advance-clock' | 'set-clock' | 'reset-clock';

/** While the clock is moved an endpoint has the time to answer that Graph would have given it. */
const PATIENCE_MS = 3000;

/** What moves the clock. Moves wait for each other, and for the endpoints that are posted to on the way. */
export function clockHandlers({ time, microsoft: { notifications } }: ControlDeps): Pick<Handlers, ClockCommands> {
  const movable = (): MovableTime => {
    if (time === undefined) throw refused('the clock was given to the emulator, and is moved where it comes from');
    return time;
  };
  const rest = async (): Promise<void> => {
    await isQuiet(() => notifications.control.underWay() === 0, PATIENCE_MS);
  };
  let lastMove = Promise.resolve();
  const inTurn = (move: () => Promise<void>): Promise<void> => {
    const done = lastMove.then(move);
    lastMove = done.catch(() => undefined);
    return done;
  };
  const moveTo = (moving: MovableTime, target: () => number): Promise<void> =>
    inTurn(async () => {
      const ms = target() - moving.clock().getTime();
      if (ms >= 0) await passTime(moving, ms, rest);
      else moving.set(new Date(target()));
    });
  return {
    'freeze-clock': () => movable().setSpeed(0),
    'set-clock-speed': ({ times }) => movable().setSpeed(times),
    'advance-clock': ({ ms }) => {
      const moving = movable();
      return inTurn(() => passTime(moving, ms, rest));
    },
    'set-clock': ({ to }) => moveTo(movable(), () => Date.parse(to)),
    'reset-clock': async () => {
      await moveTo(movable(), () => Date.now());
      movable().setSpeed(1);
    },
  };
}
