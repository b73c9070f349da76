import assert from 'node:assert/strict';
import { clouds, onSandbox } from '../../microsoft/clouds.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { createPartner } from './partner-center-world.ts';
import { startSandbox } from './visitor.ts';

const { sales, plain, helpdesk, advisorGlobalAdmin, tailwindGlobalAdmin, tailwindBilling } = seedAccounts;

interface Page {
  totalCount: number;
  items: { id: string; companyProfile: { companyName: string } }[];
  links: { next?: { uri: string; headers: { key: string; value: string }[] } };
}

describe('sandbox: customers of Partner Center', () => {
  let sandbox: Sandbox;
  let end: () => Promise<void>;
  const { ask, outcome } = createPartner(() => sandbox);

  before(async () => {
    ({ sandbox, end } = await startSandbox());
  });
  after(() => end());

  const find = async (field: string, value: string): Promise<string[]> => {
    const filter = JSON.stringify({ Field: field, Value: value, Operator: 'starts_with' });
    const { body } = await ask(sales, `/customers?size=0&filter=${encodeURIComponent(filter)}`);
    return (body as Page).items.map(({ companyProfile }) => companyProfile.companyName);
  };

  it('gives all of them page by page, each once', async () => {
    const sizes: number[] = [];
    const seen = new Set<string>();
    let path = '/customers?size=50';
    let headers = {};
    for (;;) {
      const page = (await ask(sales, path, { headers })).body as Page;
      assert.equal(page.totalCount, 120);
      sizes.push(page.items.length);
      for (const { id } of page.items) seen.add(id);
      const { next } = page.links;
      if (next === undefined) break;
      path = next.uri;
      headers = Object.fromEntries(next.headers.map(({ key, value }) => [key, value]));
    }
    assert.deepEqual([sizes, seen.size], [[50, 50, 20], 120]);
    assert.equal((await ask(advisorGlobalAdmin, '/customers')).body.totalCount, 0);
  });

  it('keeps to the filter from page to page', async () => {
    const filter = encodeURIComponent(
      JSON.stringify({ Field: 'CompanyName', Value: 'th', Operator: 'starts_with' }),
    );
    const first = (await ask(sales, `/customers?size=10&filter=${filter}`)).body as Page;
    const { next } = first.links;
    assert.ok(next !== undefined);
    const headers = { [next.headers[0]?.key ?? '']: next.headers[0]?.value ?? '' };
    const second = (await ask(sales, next.uri, { headers })).body as Page;
    assert.equal(second.totalCount, first.totalCount);
    const names = [...first.items, ...second.items].map(({ companyProfile }) => companyProfile.companyName);
    assert.ok(names.every((name) => name.startsWith('Th')));
    assert.equal(new Set(names).size, names.length);
  });

  it('finds by the start of name or domain, and in no other way', async () => {
    assert.deepEqual(await find('CompanyName', 'FABRI'), ['Fabrikam']);
    assert.deepEqual(await find('Domain', 'wideworld'), ['Wide World Importers']);
    assert.deepEqual(await find('CompanyName', 'abrikam'), []);
    assert.deepEqual(await find('CompanyName', `O'Brien & Sons "#1"`), []);
    for (const filter of [
      '{',
      JSON.stringify({ Field: 'CompanyName', Value: 'a', Operator: 'equals' }),
      JSON.stringify({ Field: 'Email', Value: 'a', Operator: 'starts_with' }),
    ])
      assert.deepEqual(
        await outcome(sales, `/customers?filter=${encodeURIComponent(filter)}`),
        [400, 800002],
      );
  });

  it('tells apart who may look', async () => {
    assert.equal((await outcome(helpdesk, '/customers'))[0], 200);
    assert.deepEqual(await outcome(plain, '/customers'), [403, 900150]);
    assert.deepEqual(await outcome(helpdesk, '/customers/relationshiprequests'), [403, 900150]);
    assert.deepEqual(await outcome(sales, '/customers/no-guid'), [400, 800002]);
  });

  describe('the link with which a company becomes a client', () => {
    const path = `/customers/${seedTenants.tailwind}`;
    const account = (of: { tenantId: string; objectId: string }) => `${of.tenantId}/${of.objectId}`;
    let address: string;

    before(async () => {
      const { url } = (await ask(sales, '/customers/relationshiprequests')).body;
      assert.equal(new URL(url).origin, clouds.worldwide.adminCenter);
      address = onSandbox(sandbox.url, url);
    });

    const open = async (more: Record<string, string> = {}) => {
      const url = new URL(address);
      for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
      const response = await fetch(url);
      return { status: response.status, text: await response.text() };
    };
    const press = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });

    it('asks who opens it, in both languages', async () => {
      const { status, text } = await open({ lang: 'vi', q: 'tailwind' });
      assert.equal(status, 200);
      assert.match(text, /Lời mời của đối tác: Contoso Partner/);
      assert.match(text, /Mạc Thị Thùy/);
      assert.doesNotMatch(text, /Trần Văn Hùng/);
      assert.match((await open({ lang: 'en' })).text, /A partner invites you: Contoso Partner/);
    });

    it('lets nobody but a Global Administrator accept', async () => {
      const { text } = await open({ account: account(tailwindBilling), lang: 'en' });
      assert.match(text, /Only a Global Administrator can accept/);
      assert.doesNotMatch(text, /<form method="post"/);
      assert.equal((await press({ account: account(tailwindBilling) })).status, 400);
      const foreign = { origin: 'https://example.com' };
      assert.equal((await press({ account: account(tailwindGlobalAdmin) }, foreign)).status, 403);
      assert.deepEqual(await outcome(sales, path), [403, 20002]);
    });

    it('makes the company a client once it is accepted, once', async () => {
      const { text } = await open({ account: account(tailwindGlobalAdmin), lang: 'en' });
      assert.match(text, /asks to be the reseller of <strong>Tailwind Traders<\/strong>/);
      for (const _ of [1, 2])
        assert.equal((await press({ account: account(tailwindGlobalAdmin) })).status, 303);
      const customer = await ask(sales, path);
      assert.deepEqual(
        [customer.status, customer.body.companyProfile.companyName, customer.body.relationshipToPartner],
        [200, 'Tailwind Traders', 'reseller'],
      );
      assert.equal((await ask(sales, '/customers')).body.totalCount, 121);
      const status = `${path}/directSignedMicrosoftCustomerAgreementStatus`;
      assert.equal((await ask(sales, status)).body.isSigned, false);
      await press({ account: account(tailwindGlobalAdmin), agreement: 'yes' });
      assert.equal((await ask(sales, status)).body.isSigned, true);
      const after = (await open({ account: account(tailwindGlobalAdmin), lang: 'en' })).text;
      assert.match(after, /This partner is the reseller of/);
      assert.doesNotMatch(after, /<form method="post"/);
    });

    it('is nothing for a partner that does not resell, or another page', async () => {
      assert.equal((await open({ partnerId: seedTenants.advisor })).status, 400);
      assert.equal((await open({ invType: 'Other' })).status, 400);
    });
  });
});
