/** What went wrong while an emulator was being started, a directory file was being read or a fault rule was being set. */
export type EmulatorErrorCode =
  'directory-file-invalid' | 'fault-rule-invalid' | 'options-invalid' | 'port-in-use' | 'not-listening';

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
