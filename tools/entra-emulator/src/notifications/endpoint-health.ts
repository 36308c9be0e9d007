const SECOND = 1000;
/** Over what time an endpoint is judged, and for how long a verdict stands. */
const WINDOW_MS = 10 * 60 * SECOND;
const SLOW_MS = 3 * SECOND;
const TOO_SLOW_MS = 10 * SECOND;
const SLOW_SHARE = 0.1;
const DROP_SHARE = 0.15;
/** With fewer answers, a single slow one would already be more than the share. */
const MIN_ANSWERS = 10;

/** Slow: what is new waits ten minutes. Drop: everything is lost for ten minutes. */
export type EndpointState = 'healthy' | 'slow' | 'drop';

interface Answer {
  readonly at: number;
  readonly ms: number;
  readonly retry: boolean;
}

/** How fast one endpoint answers, and what Graph makes of it. Shared by all subscriptions that use the endpoint. */
export class EndpointHealth {
  #state: EndpointState = 'healthy';
  #since = 0;
  #answers: Answer[] = [];
  /** How many answers it takes to judge: a few, once a verdict has run out. */
  #enough = MIN_ANSWERS;

  /** Notes how long an attempt took; one without an answer took until its time limit. */
  note(answer: Answer): void {
    this.state(answer.at);
    this.#answers = [...this.#answers.filter(({ at }) => at > answer.at - WINDOW_MS), answer];
    if (this.#answers.length < this.#enough) return;
    const verdict = verdictOf(this.#answers);
    if (severity(verdict) > severity(this.#state)) this.#enter(verdict, answer.at);
    if (this.#answers.length >= MIN_ANSWERS) this.#enough = MIN_ANSWERS;
  }

  /** After ten minutes a verdict is made anew, by the answers that came meanwhile and by the few that come next. */
  state(now: number): EndpointState {
    if (this.#state !== 'healthy' && now >= this.#since + WINDOW_MS) {
      this.#answers = this.#answers.filter(({ at }) => at > this.#since);
      this.#enter(verdictOf(this.#answers), now);
      this.#enough = 1;
    }
    return this.#state;
  }

  #enter(state: EndpointState, now: number): void {
    this.#state = state;
    this.#since = now;
  }
}

function verdictOf(answers: readonly Answer[]): EndpointState {
  const retries = answers.filter(({ retry }) => retry);
  if (share(retries, TOO_SLOW_MS) > DROP_SHARE) return 'drop';
  return share(answers, SLOW_MS) > SLOW_SHARE ? 'slow' : 'healthy';
}

function share(answers: readonly Answer[], limitMs: number): number {
  return answers.length === 0 ? 0 : answers.filter(({ ms }) => ms >= limitMs).length / answers.length;
}

function severity(state: EndpointState): number {
  return ['healthy', 'slow', 'drop'].indexOf(state);
}
