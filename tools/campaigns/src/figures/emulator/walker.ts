import { DeltaCopy } from './delta-copy.ts';
import { freshRead } from './fresh-read.ts';
import type { Request } from './history.ts';
import type { Mistake } from './mistakes.ts';
import type { Answer, TestGraph } from './test-graph.ts';
import { firstAddress, type WalkQuery } from './walk-query.ts';

/** A deltaLink, and what the client knew when it was given. */
export interface Moment {
  readonly link: string;
  readonly copy: DeltaCopy;
}

/** Where a round began. */
interface RoundStart {
  readonly link: string;
  /** Whether it lists everything. It says nothing of links that went, so it has to begin with nothing known. */
  readonly isFirst: boolean;
}

type Progress = 'refused' | 'under way' | 'round over';

/** A client that follows the links of one delta query. */
export class Walker {
  readonly query: WalkQuery;
  /** Every deltaLink that it was given. */
  readonly moments: Moment[] = [];
  /** Who was in the recycle bin when everything was read beside `latest`: a read does not tell whose members they are. */
  unseen: ReadonlySet<string> = new Set();
  copy = new DeltaCopy();
  readonly #graph: TestGraph;
  readonly #mistake: Mistake | undefined;
  #link: string | undefined;
  #round: RoundStart | undefined;

  constructor(graph: TestGraph, query: WalkQuery, mistake?: Mistake) {
    this.#graph = graph;
    this.query = query;
    this.#mistake = mistake;
  }

  /** Another client, which knows what this one knew at an earlier moment. */
  since({ link, copy }: Moment): Walker {
    const other = new Walker(this.#graph, this.query, this.#mistake);
    other.copy = new DeltaCopy(copy.objects);
    other.unseen = this.unseen;
    other.#beginRound({ link, isFirst: false });
    return other;
  }

  /** Forgets everything and starts over. */
  async begin({ fault }: Request): Promise<void> {
    this.#forget();
    if (!this.query.latest) {
      this.#beginRound({ link: firstAddress(this.query), isFirst: true });
      return;
    }
    const { deltaLink } = await this.#graph.call('GET', firstAddress(this.query, 'latest'), { fault });
    if (deltaLink === undefined) throw new Error('$deltatoken=latest gave no deltaLink');
    this.copy = new DeltaCopy(await freshRead(this.#graph, this.query));
    this.unseen = new Set((await this.#graph.recycleBin()).map(({ id }) => id));
    this.#endRound(deltaLink);
  }

  /** Asks the link that it has come to, and takes in the answer. True when that was the end of a round. */
  async ask(request: Request): Promise<boolean> {
    return (await this.#step(request)) === 'round over';
  }

  /** Asks the same link twice, as a client does that is not sure of the first answer, and takes in both. */
  async askTwice(request: Request): Promise<boolean> {
    const [link, round] = [this.#link, this.#round];
    if ((await this.#step(request)) === 'refused' || link === undefined) return false;
    [this.#link, this.#round] = [link, round];
    return this.ask(request);
  }

  /** Asks, but the answer never arrives. */
  async lose({ fault, minimal }: Request): Promise<void> {
    if (this.#link !== undefined) await this.#graph.call('GET', this.#link, { fault, prefer: preference(minimal) });
  }

  /** Goes on from a deltaLink that it was given earlier, whatever it has learnt since. */
  goBack(moment: number): void {
    const earlier = this.moments[moment % this.moments.length];
    if (earlier) this.#beginRound({ link: earlier.link, isFirst: false });
  }

  async #step(request: Request): Promise<Progress> {
    if (this.#link === undefined) await this.begin(request);
    const [link = '', round] = [this.#link, this.#round];
    const { fault, minimal } = request;
    const answer = await this.#graph.call('GET', link, { fault, prefer: preference(minimal) });
    if (answer.status !== 200) {
      await this.#recover(answer);
      return 'refused';
    }
    const context = { graph: this.#graph, query: this.query, fault, link, roundLink: round?.link ?? link };
    return this.#takeIn((await this.#mistake?.answer?.(answer, context)) ?? answer);
  }

  /** What a client has to do about each refusal that delta links know. */
  async #recover({ status, code, location, body }: Answer): Promise<void> {
    if (status === 410 && location !== undefined) {
      this.#forget();
      this.#beginRound({ link: location, isFirst: true });
    } else if (code === 'syncStateNotFound') {
      await this.begin({ fault: {}, minimal: false });
    } else if (code === 'Directory_ExpiredPageToken' && this.#round !== undefined) {
      if (this.#round.isFirst) this.#forget();
      this.#beginRound(this.#round);
    } else {
      throw new Error(`${this.#link ?? ''} was answered with ${JSON.stringify(body)}`);
    }
  }

  #takeIn({ value, nextLink, deltaLink }: Answer): Progress {
    for (const row of value) {
      const understood = this.#mistake?.row ? this.#mistake.row(row, this.copy) : row;
      if (understood) this.copy.merge(understood);
    }
    if ((nextLink === undefined) === (deltaLink === undefined))
      throw new Error('an answer has one link, not two or none');
    this.#link = nextLink;
    if (deltaLink === undefined) return 'under way';
    this.#endRound(deltaLink);
    return 'round over';
  }

  #beginRound(round: RoundStart): void {
    this.#link = round.link;
    this.#round = round;
  }

  #endRound(link: string): void {
    this.#beginRound({ link, isFirst: false });
    this.moments.push({ link, copy: new DeltaCopy(this.copy.objects) });
  }

  #forget(): void {
    this.copy = new DeltaCopy();
    this.unseen = new Set();
    this.moments.length = 0;
  }
}

function preference(minimal: boolean): string {
  return minimal ? 'return=minimal' : '';
}
