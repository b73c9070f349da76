import assert from 'node:assert/strict';
import { graphError } from '../../microsoft/graph/errors.ts';

function errorOf(
  status: number,
  error: object,
  more: { method?: string; headers?: Record<string, string> } = {},
) {
  const { method = 'POST', headers = {} } = more;
  return graphError({ method, status, headers: new Headers(headers), body: JSON.stringify({ error }) });
}
const badRequest = (message: string, details: object[] = []) =>
  errorOf(400, { code: 'Request_BadRequest', message, details }).code;

describe('Graph errors', () => {
  it('become codes by status', () => {
    const cases: [number, string, string][] = [
      [401, 'GET', 'sign-in-needed'],
      [403, 'POST', 'not-allowed'],
      [404, 'GET', 'not-found'],
      [409, 'PATCH', 'changed-meanwhile'],
      [412, 'PATCH', 'changed-meanwhile'],
      [429, 'GET', 'microsoft-busy'],
      [500, 'GET', 'microsoft-unavailable'],
      [503, 'GET', 'microsoft-unavailable'],
      [503, 'POST', 'microsoft-unknown-outcome'],
      [504, 'DELETE', 'microsoft-unknown-outcome'],
      [422, 'POST', 'microsoft-refused'],
      [302, 'GET', 'unexpected'],
    ];
    for (const [status, method, code] of cases) {
      assert.equal(errorOf(status, {}, { method }).code, code, `${method} ${status}`);
    }
  });

  it('tell refusals of the directory apart', () => {
    const taken = [{ code: 'ObjectConflict', target: 'userPrincipalName' }];
    assert.equal(badRequest('Another object with the same value exists.', taken), 'sign-in-name-taken');
    assert.equal(
      badRequest('Another object with the same value for property userPrincipalName already exists.'),
      'sign-in-name-taken',
    );
    assert.equal(
      badRequest(
        'The domain portion of the userPrincipalName property is invalid. Use a verified domain name.',
      ),
      'domain-not-verified',
    );
    assert.equal(
      badRequest('License assignment cannot be done for user with invalid usage location.'),
      'usage-location-missing',
    );
    assert.equal(
      badRequest('Subscription with SKU 1 does not have any available licenses.'),
      'no-licence-left',
    );
    assert.equal(
      badRequest(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      ),
      'licence-from-group',
    );
    assert.equal(
      badRequest('The specified password does not comply with the requirements.'),
      'password-rejected',
    );
    assert.equal(
      badRequest('Invalid value.', [{ code: 'InvalidValue', target: 'passwordProfile' }]),
      'password-rejected',
    );
    assert.equal(
      badRequest('Invalid value.', [{ code: 'InvalidValue', target: 'userPrincipalName' }]),
      'sign-in-name-invalid',
    );
    assert.equal(badRequest('One or more properties contains invalid values.'), 'microsoft-refused');
  });

  it('name the request and the wait, and never repeat Microsoft', () => {
    const inner = { innerError: { 'request-id': 'from-body' } };
    const secret = 'Please retry, Fabrikam';
    const busy = errorOf(
      429,
      { code: 'TooManyRequests', message: secret, ...inner },
      { headers: { 'Retry-After': '17' } },
    );
    assert.equal(busy.retryAfterSeconds, 17);
    assert.equal(busy.requestId, 'from-body');
    assert.ok(!JSON.stringify({ ...busy, message: busy.message }).includes('Fabrikam'));
    assert.equal(errorOf(429, {}, { headers: { 'request-id': 'from-header' } }).requestId, 'from-header');
    assert.equal(errorOf(429, {}).retryAfterSeconds, 10);
  });

  it('survive a body that is no error', () => {
    for (const body of ['', '<html>', '[]', '{"error":"text"}', '{"error":{"details":[1]}}']) {
      assert.equal(
        graphError({ method: 'GET', status: 400, headers: new Headers(), body }).code,
        'microsoft-refused',
      );
    }
  });
});
