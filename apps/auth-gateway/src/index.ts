export { type AppDeps, type AppSettings, buildApp } from './app.ts';
export { type AuthGatewayConfig, loadAuthGatewayConfig } from './config.ts';
export { type AuthGatewayParts, startAuthGateway } from './start.ts';
