export { type AppDeps, type AppSettings, buildApp } from './app.ts';
export { type AuthGatewayConfig, loadAuthGatewayConfig } from './config.ts';
export type { ClientCredential } from './microsoft/client-credential.ts';
export { type AuthGatewayParts, startAuthGateway } from './start.ts';
