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
  /** The link that the round began with. */
  #roundLink: string | undefined;

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
    other.#goTo(link);
    return other;
  }

  /** Forgets everything and starts over. */
  async begin({ fault }: Request): Promise<void> {
    this.copy = new DeltaCopy();
    this.moments.length = 0;
    if (!this.query.latest) {
      this.#goTo(firstAddress(this.query));
      return;
    }
    const { deltaLink } = await this.#graph.call('GET', firstAddress(this.query, 'latest'), { fault });
    if (deltaLink === undefined) throw new Error('$deltatoken=latest gave no deltaLink');
    this.copy = new DeltaCopy(await freshRead(this.#graph, this.query));
    this.unseen = new Set((await this.#graph.recycleBin()).map(({ id }) => id));
    this.#goTo(deltaLink);
    this.#remember(deltaLink);
  }

  /** Asks the link that it has come to, and takes in the answer. True when that was the end of a round. */
  async ask(request: Request): Promise<boolean> {
    if (this.#link === undefined) await this.begin(request);
    const link = this.#link ?? '';
    const answer = await this.#request(link, request);
    if (answer.status === 400 && link !== this.#roundLink) {
      this.#beginRoundAgain();
      return false;
    }
    if (answer.status !== 200) throw new Error(`${link} was answered with ${JSON.stringify(answer.body)}`);
    return this.#takeIn(answer);
  }

  /** Asks the same link twice, as a client does that is not sure of the first answer, and takes in both. */
  async askTwice(request: Request): Promise<boolean> {
    const [link, roundLink] = [this.#link, this.#roundLink];
    await this.ask(request);
    if (link === undefined) return false;
    [this.#link, this.#roundLink] = [link, roundLink];
    return this.ask(request);
  }

  /** Asks, but the answer never arrives. */
  async lose({ fault, minimal }: Request): Promise<void> {
    if (this.#link !== undefined) await this.#graph.call('GET', this.#link, { fault, prefer: preference(minimal) });
  }

  /** Goes on from a deltaLink that it was given earlier, whatever it has learnt since. */
  goBack(moment: number): void {
    const earlier = this.moments[moment % this.moments.length];
    if (earlier) this.#goTo(earlier.link);
  }

  async #request(link: string, { fault, minimal }: Request): Promise<Answer> {
    const answer = await this.#graph.call('GET', link, { fault, prefer: preference(minimal) });
    const { query } = this;
    const context = { graph: this.#graph, query, fault, link, roundLink: this.#roundLink ?? link };
    return (await this.#mistake?.answer?.(answer, context)) ?? answer;
  }

  #takeIn({ value, nextLink, deltaLink }: Answer): boolean {
    for (const row of value) {
      const understood = this.#mistake?.row ? this.#mistake.row(row, this.copy) : row;
      if (understood) this.copy.merge(understood);
    }
    if ((nextLink === undefined) === (deltaLink === undefined))
      throw new Error('an answer has one link, not two or none');
    if (deltaLink === undefined) {
      this.#link = nextLink;
      return false;
    }
    this.#goTo(deltaLink);
    this.#remember(deltaLink);
    return true;
  }

  /** A page's link has a short life. A first round says nothing of links that went, so it begins with nothing known. */
  #beginRoundAgain(): void {
    this.#link = this.#roundLink;
    if (this.#roundLink === firstAddress(this.query)) this.copy = new DeltaCopy();
  }

  #goTo(link: string): void {
    this.#link = link;
    this.#roundLink = link;
  }

  #remember(link: string): void {
    this.moments.push({ link, copy: new DeltaCopy(this.copy.objects) });
  }
}

function preference(minimal: boolean): string {
  return minimal ? 'return=minimal' : '';
}
