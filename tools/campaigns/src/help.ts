import type { Campaigns } from './campaign.ts';

/** The text of `--help`, with every row that can be asked for. */
export function helpText(command: string, campaigns: Campaigns): string {
  return `npm run ${command} -- NAME [flags]    measures what is claimed; exit code 1 when a row falls short

  --scale N      the part of the full size to measure (default 1; 0.02 for a quick look)
  --only ID,…    these rows alone
  --minutes N    how long what lasts is to last (the soak: 10 at full size), whatever the scale
  --seed N       what random choices follow from (default 1); the same seed makes the same ones
  --help         this text

At full size the results are written to ${command}/NAME.json; with --only the other rows there stay as they are.

${Object.entries(campaigns)
  .map(([name, create]) => describe(name, create()))
  .join('\n')}`;
}

function describe(name: string, { about, rows }: ReturnType<Campaigns[string]>): string {
  const lines = rows.map(({ id, claim }) => `  ${id.padEnd(4)} ${claim}\n`);
  return `${name}: ${about}\n${lines.join('')}`;
}
