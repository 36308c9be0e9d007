export { buildApp, type DirectorySync, type DirectorySyncDeps } from './app.ts';
export { Environment } from './config.ts';
export { createStores, type Stores } from './stores.ts';
export type { SubscriptionSettings } from './subscriptions/keep-subscriptions.ts';
export type { GraphClients, MicrosoftSettings } from './tenants/graph-clients.ts';
export type { Idle } from './work/idle.ts';
export { defaultTimings, type Timings } from './work/timings.ts';
