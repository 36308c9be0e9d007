/** A number as English writes it. */
export const number = (count: number): string => count.toLocaleString('en');

/** Such as `1 person`, `2,000 people`. */
export const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${number(count)} ${many}`;
