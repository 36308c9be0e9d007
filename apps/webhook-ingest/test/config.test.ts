import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadWebhookIngestConfig } from '../src/index.ts';
import { aKey } from './start-door.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-ingest-'));
  folders.push(folder);
  writeFileSync(join(folder, 'content'), content);
  return join(folder, 'content');
}

const enough = () => ({ KAFKA_BROKERS: 'a:9092, b:9092', CLIENT_STATE_KEYS: `${aKey('k2')},${aKey('k1')}` });

describe('the configuration', () => {
  it('needs brokers and keys, and has defaults for the rest', () => {
    const config = loadWebhookIngestConfig(enough());

    expect(config).toMatchObject({
      port: 3001,
      metricsPort: 9464,
      host: '0.0.0.0',
      logLevel: 'info',
      brokers: ['a:9092', 'b:9092'],
    });
    expect(config.keys.current.id).toBe('k2');
    expect(config.tls).toBeUndefined();
  });

  it('takes certificate and key from files', () => {
    const config = loadWebhookIngestConfig({ ...enough(), TLS_CERT_FILE: file('CERT'), TLS_KEY_FILE: file('KEY') });

    expect(config.tls).toEqual({ cert: 'CERT', key: 'KEY' });
  });

  it.each([
    ['TLS_KEY_FILE', { TLS_CERT_FILE: true }],
    ['TLS_CERT_FILE', { TLS_KEY_FILE: true }],
  ])('says that %s is missing when only the other file is given', (missing, given) => {
    const files = Object.fromEntries(Object.keys(given).map((name) => [name, file('PEM')]));

    expect(() => loadWebhookIngestConfig({ ...enough(), ...files })).toThrow(`${missing} is missing`);
  });

  it('names every wrong variable in one line and shows no value', () => {
    const wrong = { PORT: '70000', LOG_LEVEL: 'loud-value', CLIENT_STATE_KEYS: '' };

    expect(() => loadWebhookIngestConfig(wrong)).toThrow(
      expect.objectContaining({
        code: 'invalid-configuration',
        message: expect.stringMatching(/^(?=.*PORT)(?=.*LOG_LEVEL)(?=.*KAFKA_BROKERS)(?=.*CLIENT_STATE_KEYS)[^\n]*$/),
      }),
    );
    expect(() => loadWebhookIngestConfig(wrong)).not.toThrow(/70000|loud-value/);
  });

  it('refuses keys that are not as they have to be, without showing them', () => {
    const config = () => loadWebhookIngestConfig({ ...enough(), CLIENT_STATE_KEYS: 'k1:too-short-secret' });

    expect(config).toThrow(/CLIENT_STATE_KEYS: key 1/);
    expect(config).not.toThrow(/too-short-secret/);
  });
});
