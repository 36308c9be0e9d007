import type { AuditActor } from '@learnamp/organisations';
import { userInfo } from 'node:os';

/** Whoever runs the command, by their account on this machine. */
export const operator = (): AuditActor => ({ kind: 'operator', id: userInfo().username });
