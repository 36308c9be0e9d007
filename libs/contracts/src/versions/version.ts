/**
 * A version of an organisation's source: lease epoch, then a sequence within all epochs. It only grows and is never a
 * clock. As text it has a fixed width (`0000000003-000000000042`), so MongoDB and people compare it alike.
 */
export interface Version {
  readonly epoch: number;
  readonly sequence: number;
}

export const formatVersion = ({ epoch, sequence }: Version): string =>
  `${String(epoch).padStart(10, '0')}-${String(sequence).padStart(12, '0')}`;

/** @throws TypeError when the text is not a version. */
export function parseVersion(text: string): Version {
  const match = /^(\d{10})-(\d{12})$/.exec(text);
  if (!match) throw new TypeError(`not a version: ${text}`);
  return { epoch: Number(match[1]), sequence: Number(match[2]) };
}
