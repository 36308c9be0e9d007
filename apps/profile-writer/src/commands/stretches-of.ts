import type { LearnerCommand } from '@learnamp/contracts';
import { type ImportCommand, isImport } from '../manual-source/find-by-hand.ts';
import type { SingleCommand } from './apply-command.ts';

/** Imports of one organisation that follow each other, or another command. */
export type Stretch =
  { readonly organisationId: string; readonly imports: ImportCommand[] } | { readonly single: SingleCommand };

/** Splits commands, in their order, into stretches. */
export function stretchesOf(commands: readonly LearnerCommand[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const command of commands) {
    const last = stretches.at(-1);
    const { organisationId } = command;
    if (!isImport(command)) stretches.push({ single: command as SingleCommand });
    else if (last && 'imports' in last && last.organisationId === organisationId) last.imports.push(command);
    else stretches.push({ organisationId, imports: [command] });
  }
  return stretches;
}
