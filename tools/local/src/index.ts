export { parseOptions, UsageError, type Options } from './options.ts';
export { startLocal, type Local } from './start-local.ts';
export { createTerminal } from './report/terminal.ts';
export { summaryOf, type Summary } from './report/summary.ts';
