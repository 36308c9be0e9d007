import type { GraphAnswer, LocalGraph, LocalRequest } from '../../src/index.ts';
import type { Body } from './running-emulator.ts';

/** An answer that was given in this process. */
export interface LocalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** A request in this process, its answer read as whichever of its shapes a test expects. */
export async function ask(
  graph: LocalGraph,
  method: string,
  address: string | undefined,
  request: LocalRequest = {},
): Promise<LocalAnswer> {
  if (address === undefined) throw new Error('the answer before had no link');
  const { status, headers = {}, body }: GraphAnswer = await graph.call(method, address, request);
  return { status, headers, body: body as unknown as Body };
}
