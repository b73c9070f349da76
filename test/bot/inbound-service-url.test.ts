import assert from 'node:assert/strict';
import { isAllowedServiceUrl, serviceUrlRules } from '../../bot/inbound-service-url.ts';

const local = serviceUrlRules('local');
const worldwide = serviceUrlRules('worldwide');
const china = serviceUrlRules('21vianet');

describe('isAllowedServiceUrl', () => {
  it('lets local mode answer loopback at any port', () => {
    for (const url of [
      'http://localhost:50123',
      'http://127.0.0.1:1/_connector',
      'http://[::1]:3',
      'https://localhost',
    ])
      assert.equal(isAllowedServiceUrl(url, local), true, url);
  });

  it('lets local mode answer nothing else', () => {
    for (const url of [
      'http://localhost.example.com',
      'http://127.0.0.2:80',
      'http://0.0.0.0:80',
      'http://192.168.1.5:80',
      'https://smba.trafficmanager.net/teams/',
      'file://localhost/etc/passwd',
      'http://user:word@localhost:1',
      'http://localhost:1@example.com',
    ])
      assert.equal(isAllowedServiceUrl(url, local), false, url);
  });

  it('answers the hosts of the own cloud', () => {
    assert.equal(isAllowedServiceUrl('https://smba.trafficmanager.net/emea/', worldwide), true);
    assert.equal(isAllowedServiceUrl('https://SMBA.trafficmanager.net/emea/0000-tenant/', worldwide), true);
    assert.equal(isAllowedServiceUrl('https://directline.botframework.azure.cn/', china), true);
    assert.equal(isAllowedServiceUrl('https://smba.trafficmanager.net/emea/', china), false);
    assert.equal(isAllowedServiceUrl('https://directline.botframework.azure.cn/', worldwide), false);
  });

  const lookAlikes: unknown[] = [
    'https://evil.trafficmanager.net/teams/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net./teams/',
    'https://smba.trafficmanager.net:8443/teams/',
    'http://smba.trafficmanager.net/teams/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://evil.example\\@smba.trafficmanager.net/',
    'https:smba.trafficmanager.net/',
    'https://evil.example/#smba.trafficmanager.net',
    'https://smba.trafficmanager.net/teams/?x=https://evil.example',
    'https://smba.traffic\nmanager.net/teams/',
    ' https://smba.trafficmanager.net/teams/',
    'https://smba.trafficmanager。net/teams/',
    'http://localhost:1',
    '//smba.trafficmanager.net/',
    '',
    undefined,
    null,
    7,
  ];
  for (const address of lookAlikes) {
    it(`refuses ${JSON.stringify(address) ?? 'undefined'} for a registered bot`, () => {
      assert.equal(isAllowedServiceUrl(address, worldwide), false);
    });
  }

  it('takes further hosts exactly as configured, and https only unless local', () => {
    const more = serviceUrlRules('worldwide', ['Relay.example.com', 'relay.example.com:8443']);
    assert.equal(isAllowedServiceUrl('https://relay.example.com/x', more), true);
    assert.equal(isAllowedServiceUrl('https://relay.example.com:8443/x', more), true);
    assert.equal(isAllowedServiceUrl('https://relay.example.com:9443/x', more), false);
    assert.equal(isAllowedServiceUrl('https://a.relay.example.com/x', more), false);
    assert.equal(isAllowedServiceUrl('http://relay.example.com/x', more), false);
    const container = serviceUrlRules('local', ['host.docker.internal:50000']);
    assert.equal(isAllowedServiceUrl('http://host.docker.internal:50000', container), true);
    assert.equal(isAllowedServiceUrl('http://host.docker.internal:50001', container), false);
  });
});
