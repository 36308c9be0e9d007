export { buildApp, type WebhookIngestDeps } from './app.ts';
export { loadWebhookIngestConfig, type WebhookIngestConfig } from './config.ts';
export type { TlsFiles } from './door/create-door.ts';
export type { DropReason } from './notifications/verify-notification.ts';
