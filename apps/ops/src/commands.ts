import { listAudit } from './audit/list-audit.ts';
import { verifyAudit } from './audit/verify-audit.ts';
import type { Command } from './command-line/command.ts';
import { discardLetters, retryLetters } from './dead-letters/answer-letters.ts';
import { listLetters } from './dead-letters/list-letters.ts';
import { showLetter } from './dead-letters/show-letter.ts';
import { doctor } from './doctor/doctor-command.ts';
import { eraseCommand } from './erasure/erase-command.ts';
import { explainCommand } from './explain/explain-command.ts';
import { approveHeld, rejectHeld } from './held/answer-held.ts';
import { showHeld } from './held/show-held.ts';
import { rotateKeys } from './keys/rotate-keys.ts';
import { createOrganisationCommand } from './organisations/create-organisation.ts';
import { listOrganisations } from './organisations/list-organisations.ts';
import { exportCommand } from './person/export-command.ts';
import { rebuild } from './rebuild/rebuild-command.ts';
import { replay } from './replay/replay-command.ts';
import { cancelRun } from './runs/cancel-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { showRun } from './runs/show-run.ts';
import { setSettings } from './settings/set-settings.ts';
import { showSettings } from './settings/show-settings.ts';
import { endSftpCommand, setSftpCommand, showSftpCommand } from './sftp/sftp-commands.ts';
import { sync } from './sync/sync.ts';
import { applyTopics } from './topics/apply-topics.ts';
import { describeTopic } from './topics/describe-topic.ts';
import { listTopics } from './topics/list-topics.ts';
import { tailTopic } from './topics/tail-topic.ts';

/** Everything that operators can ask for, in the order in which help lists it. */
export const commands: readonly Command[] = [
  listOrganisations,
  createOrganisationCommand,
  showSettings,
  setSettings,
  showSftpCommand,
  setSftpCommand,
  endSftpCommand,
  sync,
  listRuns,
  showRun,
  cancelRun,
  explainCommand,
  showHeld,
  approveHeld,
  rejectHeld,
  listAudit,
  verifyAudit,
  listTopics,
  describeTopic,
  applyTopics,
  tailTopic,
  listLetters,
  showLetter,
  retryLetters,
  discardLetters,
  replay,
  rebuild,
  exportCommand,
  eraseCommand,
  rotateKeys,
  doctor,
];
