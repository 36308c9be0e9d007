import type { ControlReach } from './control/admission.ts';
import type { ScenarioStep } from './control/scenario.ts';
import type { DirectoryFile } from './directory/directory-file.ts';
import type { MicrosoftOptions } from './microsoft.ts';

/** What an emulator is started with. */
export interface EmulatorOptions extends MicrosoftOptions {
  readonly directory: DirectoryFile;
  /** Further tenants, side by side with the first. */
  readonly otherTenants?: readonly DirectoryFile[];
  /** Of the http door; 0, the default, for any free port. */
  readonly port?: number;
  /** Of the https door; 0, the default, for any free port. */
  readonly tlsPort?: number;
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** Where the authority and its certificates are kept; made when missing. */
  readonly certificateDirectory: string;
  /** What each Graph request waits before it is answered; members of a batch wait together. */
  readonly latencyMs?: number;
  /** Who may use the control API and the start page; this machine alone by default. */
  readonly controlFor?: ControlReach;
  /** Commands and when they are given. */
  readonly scenario?: readonly ScenarioStep[];
  /** Hears what became of the scenario's commands. */
  readonly onScenario?: (line: string) => void;
}
