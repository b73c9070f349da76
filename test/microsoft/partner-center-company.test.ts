import assert from 'node:assert/strict';
import { clouds } from '../../microsoft/clouds.ts';
import { createCompanyRecords } from '../../microsoft/partner-center/company-records.ts';
import { type CompanyDesk, type CompanyRecord, isWritten } from '../../partner/company.ts';
import { PartnerError } from '../../partner/errors.ts';
import { seedAccounts, seedTenants } from '../../sandbox/seed/seed.ts';
import { connect, type OpenSandbox, openSandbox } from './signed-in.ts';

describe('details of the company', () => {
  let open: OpenSandbox;
  const desks = new Map<string, CompanyDesk>();

  before(async () => {
    open = await openSandbox();
  });
  after(() => open.close());
  afterEach(() => open.sandbox.faults.clear());

  async function as(account: keyof typeof seedAccounts, cloud: keyof typeof clouds = 'worldwide') {
    const known = desks.get(account);
    if (known !== undefined) return known;
    const { tokens, signInAs, log } = connect(open.sandbox, { cloud });
    await signInAs(seedAccounts[account]);
    const more = { cloud: clouds[cloud], tokens, sandboxOrigin: open.sandbox.url, log };
    const desk = createCompanyRecords(more).as(seedAccounts[account]);
    desks.set(account, desk);
    return desk;
  }

  const newId = () => crypto.randomUUID();
  const codeOf = (error: unknown) => (error instanceof PartnerError ? error.code : String(error));
  const puts = () => open.sandbox.requests().filter(({ method }) => method === 'PUT' || method === 'PATCH');

  it('come from the directory and three profiles, each field with its place', async () => {
    const record = await (await as('globalAdmin')).read();
    assert.deepEqual(record.name, {
      value: 'Contoso Partner',
      place: 'partner-center-organization',
      writable: true,
      gap: undefined,
    });
    assert.equal(record.legalName.value, 'Công ty TNHH Contoso Partner Việt Nam');
    assert.deepEqual([record.legalName.place, record.legalName.writable], ['partner-center-legal', false]);
    assert.deepEqual([record.city.value, record.postalCode.value], ['Thành phố Hồ Chí Minh', '700000']);
    assert.deepEqual([record.country.value, record.country.writable], ['VN', false]);
    assert.equal(record.supportMail.value, 'hotro@contosopartner.vn');
    assert.deepEqual([record.website.place, record.website.writable], ['partner-center-support', true]);
    assert.deepEqual(record.technicalMails.value, ['lienhe@contosopartner.vn']);
    assert.deepEqual(record.securityPhones, { value: [], place: 'graph', writable: true, gap: undefined });
    assert.equal(record.privacyContact.value, undefined);
    assert.deepEqual(record.domains.value, ['contosopartner.vn', 'contosopartner.onmicrosoft.com']);
    assert.deepEqual(record.partnerId, {
      value: '6481034',
      place: 'portal-only',
      writable: false,
      gap: undefined,
    });
  });

  it('say why they are not there, with what the directory has in their place', async () => {
    const gaps = (record: CompanyRecord) => [record.name.gap, record.website.gap, record.partnerId.gap];
    const nothing = await (await as('nothingAuthorisedGlobalAdmin')).read();
    assert.deepEqual(gaps(nothing), ['no-partner-center', 'no-partner-center', 'no-partner-center']);
    assert.deepEqual(
      [nothing.name.value, nothing.name.place, nothing.name.writable],
      ['Litware Mới', 'graph', false],
    );
    const plain = await (await as('plain')).read();
    assert.deepEqual(gaps(plain), ['no-right', 'no-right', 'no-right']);
    assert.equal(plain.phone.value, '+84 28 3822 0100');
    const china = await (await as('chinaGlobalAdmin', '21vianet')).read();
    assert.deepEqual(gaps(china), [undefined, 'not-in-cloud', undefined]);
    assert.equal(china.name.value, 'Tailspin 21Vianet');
    const advisor = await (await as('advisorGlobalAdmin')).read();
    assert.deepEqual(gaps(advisor), [undefined, undefined, undefined]);
  });

  it('are read as far as Microsoft answers', async () => {
    const desk = await as('globalAdmin');
    open.sandbox.faults.add({ kind: 'reset', match: { path: '/profiles/support' } });
    const record = await desk.read();
    assert.deepEqual([record.name.gap, record.website.gap], [undefined, 'no-answer']);
    open.sandbox.faults.add({ kind: 'reset', match: { path: '/v1.0/organization' } });
    await assert.rejects(desk.read(), { code: 'microsoft-unreachable' });
  });

  it('name the missing second factor', async () => {
    const { world } = open.sandbox;
    const { tenantId, objectId } = seedAccounts.helpdesk;
    const user = await world.get('user', tenantId, objectId);
    assert.ok(user !== undefined);
    await world.put('user', tenantId, objectId, { ...user, withoutSecondFactor: true });
    const desk = await as('helpdesk');
    assert.equal((await desk.read()).name.gap, 'second-factor');
    const change = { wanted: { city: 'Huế' }, seen: {}, requestId: newId() };
    await assert.rejects(desk.writeOrganizationProfile(change), { code: 'mfa-needed' });
  });

  it('are written where they live, the rest of each profile kept', async () => {
    const desk = await as('globalAdmin');
    const before = await desk.read();
    const phone = '+84 28 3822 0111';
    await desk.writeOrganizationProfile({
      wanted: { phone, addressLine2: 'Tầng 5' },
      seen: { phone: before.phone.value ?? '', addressLine2: '' },
      requestId: newId(),
    });
    await desk.writeSupportProfile({
      wanted: { supportPhone: '1900 1234' },
      seen: { supportPhone: before.supportPhone.value ?? '' },
      requestId: newId(),
    });
    await desk.writeNotifications({
      wanted: {
        securityMails: ['an.ninh@contosopartner.vn'],
        privacyStatement: 'https://contosopartner.vn/rieng-tu',
      },
      seen: { securityMails: [], privacyStatement: '' },
    });
    await desk.writeNotifications({
      wanted: { privacyContact: 'rieng.tu@contosopartner.vn' },
      seen: { privacyContact: '' },
    });
    const after = await desk.read();
    const wanted = {
      phone,
      addressLine2: 'Tầng 5',
      supportPhone: '1900 1234',
      securityMails: ['an.ninh@contosopartner.vn'],
      privacyStatement: 'https://contosopartner.vn/rieng-tu',
      privacyContact: 'rieng.tu@contosopartner.vn',
    };
    assert.equal(isWritten(after, wanted), true);
    assert.equal(isWritten(before, wanted), false);
    const changed = Object.keys(wanted);
    for (const name of Object.keys(before).filter((one) => !changed.includes(one)) as (keyof CompanyRecord)[])
      assert.deepEqual(after[name], before[name]);
    const account = await open.sandbox.world.get('partnerAccount', seedTenants.contoso, seedTenants.contoso);
    assert.equal(account?.organization.defaultAddress.lastName, 'Trần');
  });

  it('are not written twice, nor over what somebody else changed', async () => {
    const desk = await as('globalAdmin');
    const { mail, website, technicalMails } = await desk.read();
    const change = (to: string, seen: string) => ({
      wanted: { mail: to },
      seen: { mail: seen },
      requestId: newId(),
    });
    await desk.writeOrganizationProfile(change('moi@contosopartner.vn', mail.value ?? ''));
    const count = puts().length;
    await desk.writeOrganizationProfile(change('moi@contosopartner.vn', mail.value ?? ''));
    assert.equal(puts().length, count);
    const stale = { code: 'changed-meanwhile' };
    await assert.rejects(
      desk.writeOrganizationProfile(change('khac@contosopartner.vn', mail.value ?? '')),
      stale,
    );
    await assert.rejects(
      desk.writeSupportProfile({
        wanted: { website: 'khac.vn' },
        seen: { website: `${website.value}/cu` },
        requestId: newId(),
      }),
      stale,
    );
    await assert.rejects(
      desk.writeNotifications({
        wanted: { technicalMails: ['x@y.vn'] },
        seen: { technicalMails: [...(technicalMails.value ?? []), 'cu@y.vn'] },
      }),
      stale,
    );
    assert.equal(puts().length, count);
  });

  it('say which field Microsoft refuses, and who may not write', async () => {
    const desk = await as('globalAdmin');
    const { postalCode } = await desk.read();
    const change = {
      wanted: { postalCode: '70#' },
      seen: { postalCode: postalCode.value ?? '' },
      requestId: newId(),
    };
    const failure = await desk.writeOrganizationProfile(change).catch((error: unknown) => error);
    assert.ok(failure instanceof PartnerError);
    assert.deepEqual(
      [failure.code, failure.details['property'], failure.details['microsoftCode']],
      ['microsoft-refused', 'postalCode', '3000'],
    );
    assert.equal(failure.requestId, change.requestId);
    const sales = await as('sales');
    const support = {
      wanted: { website: 'x.vn' },
      seen: { website: (await sales.read()).website.value ?? '' },
    };
    await assert.rejects(sales.writeSupportProfile({ ...support, requestId: newId() }), {
      code: 'not-allowed',
    });
    await assert.rejects(sales.writeNotifications({ wanted: { marketingMails: ['x@y.vn'] }, seen: {} }), {
      code: 'not-allowed',
    });
    const china = await as('chinaGlobalAdmin', '21vianet');
    await assert.rejects(china.writeSupportProfile({ wanted: {}, seen: {}, requestId: newId() }), {
      code: 'not-in-cloud',
    });
  });

  it('are found done after an unknown outcome, by the same call', async () => {
    const desk = await as('globalAdmin');
    for (const kind of ['unavailable-after-doing', 'reset-after-doing'] as const) {
      const city = kind === 'reset-after-doing' ? 'Đà Lạt' : 'Cần Thơ';
      const seen = { city: (await desk.read()).city.value ?? '' };
      const change = { wanted: { city }, seen, requestId: newId() };
      open.sandbox.faults.add({ kind, match: { method: 'PUT', path: '/profiles/organization' } });
      const count = puts().length;
      const code = await desk.writeOrganizationProfile(change).then(() => 'none', codeOf);
      assert.equal(code, 'microsoft-unknown-outcome');
      assert.equal(puts().length, count + 1, 'sent once');
      await desk.writeOrganizationProfile(change);
      assert.equal(puts().length, count + 1, 'nothing left to send');
      assert.equal((await desk.read()).city.value, city);
    }
  });
});
