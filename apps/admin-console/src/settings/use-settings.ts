import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.ts';
import { useCommand } from '../api/use-command.ts';
import type { Settings, SettingsChange } from './settings.ts';

// Somebody else may be changing them, and the page says so before anything is typed in vain.
const EVERY_MS = 15_000;

export const useSettings = () =>
  useQuery({
    queryKey: ['settings', 'now'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/settings', { signal }))) as Settings,
    refetchInterval: EVERY_MS,
  });

/** Stores a change; `done` says what is said then. */
export const useSaveSettings = (done: (change: SettingsChange) => string) =>
  useCommand({
    send: (change: SettingsChange) => answerOf(api.PATCH('/api/settings', { body: change })),
    done: (_answer, change) => done(change),
    changes: [['settings'], ['microsoft'], ['overview'], ['audit-log'], ['sync-runs']],
  });
