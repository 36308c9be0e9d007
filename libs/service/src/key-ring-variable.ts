import { type KeyRing, parseKeyRing } from '@learnamp/contracts';
import { ConfigError } from './config.ts';

/**
 * Reads a key ring that an environment variable gave.
 * @throws ConfigError that names the variable and the position, never the content.
 */
export function readKeyRing(variable: string, text: string): KeyRing {
  try {
    return parseKeyRing(text);
  } catch (error) {
    throw new ConfigError([`${variable}: ${error instanceof Error ? error.message : 'unreadable'}`]);
  }
}
