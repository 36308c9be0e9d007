import type { Removal } from '../wanted/wanted-state.ts';

export interface DeletionReadings {
  /** When the person's own resource was first answered with 404. */
  readonly missingSince: Date;
  /** When it was answered with 404 again. */
  readonly missingAgainAt: Date;
  /** How far apart both must be: replicas of the directory lag. */
  readonly minimumMs: number;
}

/** The proof that a person was deleted: 404 twice, minutes apart. Undefined means not proven yet. */
export function proveDeleted({ missingSince, missingAgainAt, minimumMs }: DeletionReadings): Removal | undefined {
  const apartMs = missingAgainAt.getTime() - missingSince.getTime();
  if (apartMs < minimumMs) return undefined;
  const seconds = Math.round(apartMs / 1000);
  return { cause: 'deleted', proof: `the user was answered with 404 twice, ${seconds} seconds apart` };
}
