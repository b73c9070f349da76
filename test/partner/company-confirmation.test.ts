import assert from 'node:assert/strict';
import type { CompanyField, CompanyRecord } from '../../partner/company.ts';
import {
  type CompanyConfirmation,
  clientFields,
  confirmationState,
  confirmedText,
  missingForClients,
} from '../../partner/company-confirmation.ts';
import { wholeCompany, withGap } from './company-record.ts';

const at = Date.UTC(2027, 1, 10, 12);
const by = { tenantId: 't', objectId: 'o' };
const confirmed = (record: CompanyRecord): CompanyConfirmation => ({
  company: 't',
  hash: confirmedText(record),
  by,
  byName: 'Hùng',
  at,
});
const stateOf = (record: CompanyRecord, confirmation: CompanyConfirmation | undefined, now = at) =>
  confirmationState({ record, hash: confirmedText(record) }, confirmation, now);
const empty = (field: CompanyField<string>) => ({ ...field, value: undefined });

describe('whether the details of a company may go out', () => {
  const whole = wholeCompany();

  it('takes somebody who said that they are right', () => {
    assert.equal(stateOf(whole, undefined), 'never');
    assert.equal(stateOf(whole, confirmed(whole)), 'confirmed');
  });

  for (const field of clientFields) {
    it(`is asked again when ${field} changes`, () => {
      const value = field === 'domains' ? ['khac.vn'] : 'khác';
      const changed = { ...whole, [field]: { ...whole[field], value } };
      assert.equal(stateOf(changed, confirmed(whole)), 'changed');
    });
  }

  it('does not mind what clients do not see, the order of domains, or a space', () => {
    const two = wholeCompany({ domains: { ...whole.domains, value: ['contosopartner.vn', 'b.vn'] } });
    const other = wholeCompany({
      technicalMails: { ...whole.technicalMails, value: ['moi@contosopartner.vn'] },
      privacyContact: { ...whole.privacyContact, value: 'x@y.vn' },
      legalName: { ...whole.legalName, value: 'khác' },
      domains: { ...whole.domains, value: ['contosopartner.onmicrosoft.com', 'b.vn', 'contosopartner.vn'] },
      city: { ...whole.city, value: ` ${whole.city.value}` },
    });
    assert.equal(stateOf(other, confirmed(two)), 'confirmed');
  });

  it('is asked again after twelve months, to the day', () => {
    const end = Date.UTC(2028, 1, 10, 12);
    assert.equal(stateOf(whole, confirmed(whole), end - 1), 'confirmed');
    assert.equal(stateOf(whole, confirmed(whole), end), 'too-old');
  });

  it('cannot be without a phone or a mail; the one for support is enough', () => {
    const noPhone = wholeCompany({ phone: empty(whole.phone), supportPhone: empty(whole.supportPhone) });
    const noMail = wholeCompany({ mail: empty(whole.mail), supportMail: empty(whole.supportMail) });
    assert.equal(stateOf(noPhone, confirmed(noPhone)), 'incomplete');
    assert.deepEqual(missingForClients(noPhone), ['phone']);
    assert.equal(stateOf(noMail, confirmed(noMail)), 'incomplete');
    assert.deepEqual(missingForClients(noMail), ['mail']);
    const onlySupport = wholeCompany({ phone: empty(whole.phone), mail: empty(whole.mail) });
    assert.equal(stateOf(onlySupport, confirmed(onlySupport)), 'confirmed');
  });

  it('cannot be judged by what could not be read this time', () => {
    for (const gap of ['no-right', 'second-factor', 'no-consent', 'no-answer'] as const) {
      const website = { ...empty(whole.website), gap };
      const record = wholeCompany({ website });
      assert.equal(stateOf(record, confirmed(record)), 'incomplete', gap);
    }
  });

  it('can be where Microsoft has no such place for anybody', () => {
    for (const gap of ['no-partner-center', 'not-in-cloud'] as const) {
      const record = { ...withGap(gap), mail: { ...whole.mail, gap } };
      assert.equal(stateOf(record, undefined), 'never', gap);
      assert.equal(stateOf(record, confirmed(record)), 'confirmed', gap);
    }
  });
});
