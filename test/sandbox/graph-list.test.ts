import assert from 'node:assert/strict';
import { bodyOf, type Company, createCompany, errorOf, names } from './graph-world.ts';

const eventual = { consistencylevel: 'eventual' };

describe('sandbox Graph: lists of users', () => {
  let company: Company;
  let clerk: string;

  beforeEach(async () => {
    company = await createCompany();
    clerk = company.clerk;
  });

  const list = (query: Record<string, string>, headers: Record<string, string> = {}) =>
    company.ask('GET', `/users?${new URLSearchParams(query)}`, { as: clerk, headers });

  it('gives the default properties, or exactly the selected ones', async () => {
    const plain = await list({ $top: '1' });
    assert.deepEqual(Object.keys(bodyOf(plain).value?.[0] ?? {}).sort(), [
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ]);
    const selected = await list({ $top: '1', $select: 'id,usageLocation' });
    assert.deepEqual(Object.keys(bodyOf(selected).value?.[0] ?? {}), ['id', 'usageLocation']);
    assert.equal(
      bodyOf(selected)['@odata.context'],
      'https://graph.microsoft.com/v1.0/$metadata#users(id,usageLocation)',
    );
    assert.match(errorOf(await list({ $select: 'shoeSize' })), /^400 BadRequest: .*'shoeSize'/);
  });

  it('pages by nextLink without losing or repeating anybody, also when somebody comes in between', async () => {
    for (let number = 0; number < 7; number += 1) await company.person(`Người ${number}`, `p${number}`);
    const seen: unknown[] = [];
    let address: string | undefined = '/users?$top=3&$orderby=displayName&$select=displayName';
    while (address !== undefined) {
      const page: Awaited<ReturnType<Company['ask']>> = await company.ask('GET', address, { as: clerk });
      assert.ok(names(page).length <= 3);
      seen.push(...names(page));
      if (seen.length === 3) await company.person('Ái Đầu Tiên', 'first');
      const next = bodyOf(page)['@odata.nextLink'];
      assert.ok(next === undefined || String(next).startsWith('https://graph.microsoft.com/v1.0/users?'));
      address =
        next === undefined ? undefined : String(next).slice('https://graph.microsoft.com/v1.0'.length);
    }
    assert.equal(seen.length, 10);
    assert.equal(new Set(seen).size, 10);
    assert.deepEqual(seen, seen.map(String).sort(new Intl.Collator('en').compare));
  });

  it('refuses page sizes outside 1 to 999, strange tokens and unknown options', async () => {
    for (const size of ['0', '1000', 'x']) {
      assert.match(errorOf(await list({ $top: size })), /^400 Request_UnsupportedQuery: Invalid page size/);
    }
    assert.match(errorOf(await list({ $skiptoken: 'x' })), /^400 Directory_ExpiredPageToken/);
    assert.match(errorOf(await list({ $orderbydisplayName: '' })), /^400 Request_UnsupportedQuery/);
  });

  it('filters by equality, start, list, brackets and doubled quotes', async () => {
    await company.person("O'Brien & Sons #1", 'obrien', {
      accountEnabled: false,
      mail: 'ob@contoso.example',
    });
    const found = async (filter: string) => names(await list({ $filter: filter }));
    assert.deepEqual(await found("displayName eq 'O''Brien & Sons #1'"), ["O'Brien & Sons #1"]);
    assert.deepEqual(await found('accountEnabled eq false'), ["O'Brien & Sons #1"]);
    assert.deepEqual(
      await found("userPrincipalName in ('OBRIEN@contoso.example', 'nobody@contoso.example')"),
      ["O'Brien & Sons #1"],
    );
    assert.deepEqual(await found("startswith(displayName,'Nguyễn') and accountEnabled eq true"), [
      'Nguyễn Thị Lan',
    ]);
    assert.deepEqual(await found("mail eq 'ob@contoso.example' or (startswith(mail,'x') and id eq 'y')"), [
      "O'Brien & Sons #1",
    ]);
    assert.deepEqual(await found("startswith(displayName,'nguyen')"), [], 'accents count');
  });

  it('refuses broken and unsupported filters', async () => {
    const refused = async (filter: string) => errorOf(await list({ $filter: filter }));
    assert.match(await refused("displayName eq 'O'Brien'"), /^400 BadRequest: Invalid filter clause/);
    assert.match(await refused("displayName eq 'open"), /^400 BadRequest/);
    assert.match(await refused("shoeSize eq '43'"), /^400 Request_UnsupportedQuery: .*'shoeSize'/);
    assert.match(await refused("displayName gt 'A'"), /^400 Request_UnsupportedQuery/);
    const sixteen = Array.from({ length: 16 }, (_, number) => `'a${number}'`).join(',');
    assert.match(await refused(`userPrincipalName in (${sixteen})`), /Max allowed: 15/);
  });

  it('wants ConsistencyLevel and $count for ne, endswith, $count and sorted filters', async () => {
    const advanced = [
      { $filter: "displayName ne 'x'" },
      { $filter: "endswith(userPrincipalName,'@contoso.example')" },
      { $filter: "startswith(displayName,'N')", $orderby: 'displayName' },
    ];
    for (const query of advanced) {
      assert.match(errorOf(await list(query)), /^400 Request_UnsupportedQuery/);
      assert.match(errorOf(await list(query, eventual)), /^400 Request_UnsupportedQuery/);
      const found = await list({ ...query, $count: 'true' }, eventual);
      assert.equal(found.status, 200);
      assert.equal(bodyOf(found)['@odata.count'], bodyOf(found).value?.length);
    }
    assert.match(errorOf(await list({ $count: 'true' })), /^400 Request_BadRequest: \$count is not/);
    assert.match(
      errorOf(await company.ask('GET', '/users/$count', { as: clerk })),
      /^400 Request_BadRequest/,
    );
    const number = await company.ask('GET', '/users/$count', { as: clerk, headers: eventual });
    assert.equal(number.body, 3);
    assert.equal(number.headers?.['content-type'], 'text/plain');
  });

  it('searches by the start of words, with regard to accents, only with ConsistencyLevel', async () => {
    await company.person('Lan Anh Đỗ', 'anh.do', { mail: 'anh.do@contoso.example' });
    const search = async (text: string) => names(await list({ $search: text }, eventual)).sort();
    assert.deepEqual(await search('"displayName:lan"'), ['Lan Anh Đỗ', 'Nguyễn Thị Lan']);
    assert.deepEqual(await search('"displayName:an"'), ['Lan Anh Đỗ']);
    assert.deepEqual(await search('"displayName:anh lan"'), ['Lan Anh Đỗ']);
    assert.deepEqual(await search('"displayName:nguyen"'), []);
    assert.deepEqual(await search('"displayName:thu" OR "mail:anh.do"'), ['Lan Anh Đỗ', 'Phạm Thu Hà']);
    assert.deepEqual(await search('"displayName:lan" AND "mail:anh"'), ['Lan Anh Đỗ']);
    assert.match(
      errorOf(await list({ $search: '"displayName:lan"' })),
      /^400 Request_UnsupportedQuery: .*ConsistencyLevel/,
    );
    assert.match(
      errorOf(await list({ $search: 'displayName:lan' }, eventual)),
      /^400 BadRequest: Syntax error/,
    );
  });

  it('keeps a hidden user out of lists, filters and searches, yet reads it by id', async () => {
    const id = await company.person('Mới Tinh', 'moi.tinh');
    company.hidden.add(id);
    assert.ok(!names(await list({})).includes('Mới Tinh'));
    assert.deepEqual(names(await list({ $filter: "displayName eq 'Mới Tinh'" })), []);
    assert.deepEqual(names(await list({ $search: '"displayName:mới"' }, eventual)), []);
    assert.equal((await company.ask('GET', `/users/${id}`, { as: clerk })).status, 200);
    assert.equal((await company.ask('GET', '/users/moi.tinh@contoso.example', { as: clerk })).status, 200);
    company.hidden.clear();
    assert.ok(names(await list({})).includes('Mới Tinh'));
  });
});
