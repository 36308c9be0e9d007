/** What went wrong while an emulator was being started, a file was being read or a command was being given. */
export type EmulatorErrorCode =
  | 'directory-file-invalid'
  | 'scenario-invalid'
  | 'fault-rule-invalid'
  | 'options-invalid'
  | 'command-invalid'
  | 'command-refused'
  | 'port-in-use'
  | 'not-listening';

/** The error of this tool. Nothing here gets better by itself, so `retriable` is always false. */
export class EmulatorError extends Error {
  readonly code: EmulatorErrorCode;
  readonly retriable = false;

  constructor(code: EmulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmulatorError';
    this.code = code;
  }
}
