export { runCommandLine, type CommandLineDeps } from './command-line/run-command-line.ts';
export { loadOpsConfig } from './config.ts';
export { openSurroundings, type Terminal } from './surroundings.ts';
