/** A clock that stands still until a test moves it. */
export interface MovableClock {
  (): Date;
  advance(ms: number): void;
}

export function aClock(): MovableClock {
  let now = Date.UTC(2026, 0, 5, 9);
  return Object.assign(() => new Date(now), {
    advance(ms: number) {
      now += ms;
    },
  });
}
