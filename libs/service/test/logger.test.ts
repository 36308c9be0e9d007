import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../src/index.ts';

function logged(level: string, log: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  log(createLogger('a-service', level, { write: (line) => void lines.push(line) }));
  return lines;
}

describe('createLogger', () => {
  it('writes one JSON line an event, with the service and the time', () => {
    const [line = '', ...rest] = logged('info', (logger) => logger.info({ runId: 'run-1' }, 'run started'));

    expect(rest).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ service: 'a-service', runId: 'run-1', msg: 'run started' });
    expect((JSON.parse(line) as { time: string }).time).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
  });

  it('writes nothing below its level', () => {
    expect(logged('warn', (logger) => logger.info('not now'))).toEqual([]);
  });

  it('hides what must not be in a log, at the top and one level down', () => {
    const names = ['token', 'secret', 'password', 'clientState', 'tenantId', 'authorization', 'cookie', 'code'];
    for (const name of names) {
      const lines = logged('info', (logger) => {
        logger.info({ [name]: 'do-not-show', request: { [name]: 'do-not-show' } }, 'happened');
      });
      expect(lines.join()).not.toContain('do-not-show');
      expect(lines.join()).toContain('[redacted]');
    }
    expect(logged('info', (logger) => logger.info({ runId: 'show' }, 'happened')).join()).toContain('show');
  });
});
