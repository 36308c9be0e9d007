/** A clause as a sentence of its own. */
export function sentence(clause: string): string {
  const end = /[.!?…]$/u.test(clause) ? '' : '.';
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${end}`;
}
