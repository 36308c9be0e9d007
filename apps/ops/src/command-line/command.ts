import type { Bus, OperatorBus, OperatorReader } from '@learnamp/bus';
import type { SealBox } from '@learnamp/organisations';
import type { Connection } from 'mongoose';
import type { ParseArgsConfig } from 'node:util';
import type { Arguments } from './arguments.ts';

/** The command is not written as it may be, or names something that isn't there: one line, exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage';
  readonly retriable = false;
}

/** What a command came to: `data` for programs (`--json`), `text` for people. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
  /** All was said by `print` already. */
  readonly isSaid?: true;
  /** 1: what was asked for did not come about, and the answer says why. Default 0. */
  readonly exitCode?: 0 | 1;
}

/** What commands work with. */
export interface Surroundings {
  readonly connection: Connection;
  /** Opened when it is asked for. @throws UsageError where no brokers are configured. */
  readonly bus: () => Pick<Bus, 'publish'>;
  /** What is in the topics; the embedded bus is read beside the process that has it. @throws UsageError where there is no bus. */
  readonly topicReader: () => OperatorReader;
  /** Changes topics; the embedded bus only while nobody else has it. @throws UsageError where there is no bus, or it is in use. */
  readonly topicKeeper: () => OperatorBus;
  /** Copies that topics are to have. */
  readonly replicationFactor: number;
  /** Says a line on stdout at once, for commands that go on and on. */
  readonly print: (line: string) => void;
  /** Seals and opens secrets. @throws UsageError where no keys are configured. */
  readonly seals: () => Seals;
  /** Whether there is a bus to open. */
  readonly hasBus: boolean;
  /** Says what is going on, on stderr; the next call replaces it where that is a terminal. */
  readonly progress: (text: string) => void;
  /** Asks a yes-or-no question of the person at the terminal. @throws UsageError where nobody is. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly clock: () => Date;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Seals by the current key, opens by all. */
export interface Seals extends Pick<SealBox, 'seal' | 'open'> {
  readonly currentKeyId: string;
}

export interface Command {
  /** Such as `settings set`. */
  readonly name: string;
  /** What comes after the name, for help: `--organisation O [PATH=VALUE …]`. */
  readonly takes: string;
  readonly about: string;
  /** Its own flags, with what each means. `--json` and `--help` are everybody's. */
  readonly flags: Readonly<Record<string, Flag>>;
  run(surroundings: Surroundings, args: Arguments): Promise<Answer>;
}

export interface Flag {
  readonly type: NonNullable<ParseArgsConfig['options']>[string]['type'];
  readonly about: string;
}
