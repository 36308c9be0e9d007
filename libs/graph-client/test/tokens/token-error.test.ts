import { describe, expect, it } from '@jest/globals';
import { ClientAuthError, ServerError } from '@azure/msal-node';
import { GraphError } from '../../src/index.ts';
import { tokenError } from '../../src/tokens/token-error.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
const server = (code: string, message: string, status?: number) =>
  new ServerError(code, 'correlation', message, '', undefined, status);

describe('a failed request for a token', () => {
  it('that Entra refuses is token-refused, with its number as a hint', () => {
    const error = tokenError(server('invalid_client', `AADSTS7000215: Invalid client secret for app ${tenant}.`, 401));

    expect(error).toMatchObject({ code: 'token-refused', retriable: false, graphCode: 'AADSTS7000215' });
  });

  it.each([
    server('temporarily_unavailable', 'AADSTS90033: A transient error has occurred.', 400),
    server('server_error', 'no number', 500),
    server('invalid_request', 'AADSTS50196', 429),
    new ClientAuthError('network_error', 'correlation'),
    new ClientAuthError('endpoints_resolution_error', 'correlation'),
  ])('that may pass is token-unavailable: $errorCode', (cause) => {
    expect(tokenError(cause)).toMatchObject({ code: 'token-unavailable', retriable: true });
  });

  it('keeps its cause, without the ids of tenant and application', () => {
    const error = tokenError(server('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`, 400));

    const texts = `${error.message} ${String(error.cause)}`;
    expect(texts).toContain("Tenant '<id>' not found");
    expect(texts).not.toContain(tenant);
  });

  it('that took too long is token-unavailable', () => {
    expect(tokenError(new GraphError('timeout', 'too long')).code).toBe('token-unavailable');
  });

  it('stays what it is when it is a bug', () => {
    const bug = new TypeError('x is not a function');

    expect(() => tokenError(bug)).toThrow(bug);
  });
});
