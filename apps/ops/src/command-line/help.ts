import type { Command } from './command.ts';
import { table } from './table.ts';

const always = [
  ['--json', 'one JSON value on stdout, for programs'],
  ['--help', 'this'],
] as const;

const ending = `Exit codes: 0 done; 1 it did not come about, and the answer says why; 2 written wrongly, or not connected.
Environment: MONGODB_URI; KAFKA_BROKERS and TOPIC_PREFIX for topics and for what asks a service for something;
BUS_DIRECTORY for the topics of npm start. Each may be given as a file, by NAME_FILE.`;

/** The help of the whole command line. */
export const overview = (commands: readonly Command[]): string =>
  `learnamp-ops COMMAND    what operators do

${table(commands.map(({ name, about }) => [`  ${name}`, about]))}

learnamp-ops COMMAND --help tells the flags of one.
${ending}`;

/** The help of one command. */
export function helpOf({ name, takes, about, flags }: Command): string {
  const own = Object.entries(flags).map(([flag, { about: meaning }]) => [`--${flag}`, meaning] as const);
  const rows = [...own, ...always].map(([flag, meaning]) => [`  ${flag}`, meaning]);
  return `learnamp-ops ${name} ${takes}\n${about}\n\n${table(rows)}\n\n${ending}`;
}
