import assert from 'node:assert/strict';
import type { CompanyDesk, CompanyRecord } from '../../partner/company.ts';
import { type EditCompanyWish, editCompanyKind } from '../../partner/edit-company.ts';
import { PartnerError } from '../../partner/errors.ts';
import type { Work } from '../../partner/operation-kinds.ts';

const wish = (more: Partial<EditCompanyWish> = {}): EditCompanyWish => ({
  companyName: 'Contoso Partner',
  wanted: { phone: '+84 28 1', supportMail: 'a@b.vn', technicalMails: ['x@y.vn'] },
  seen: { phone: '+84 28 0', supportMail: 'c@b.vn', technicalMails: [] },
  requestIds: { organization: 'id-1', 'support-profile': 'id-2' },
  ...more,
});
const workOf = (args: EditCompanyWish, company: Partial<CompanyDesk>) =>
  ({ company, operation: { args } }) as unknown as Work;

describe('editing a company', () => {
  it('takes a step for each place that changes, and reads back', () => {
    const stepsOf = (args: EditCompanyWish) => editCompanyKind.plan(args).map(({ id }) => id);
    assert.deepEqual(stepsOf(wish()), ['notifications', 'organization', 'support-profile']);
    assert.deepEqual(stepsOf(wish({ wanted: { website: 'x.vn' } })), ['support-profile']);
  });

  it('writes to each place only what belongs there, under the stored id', async () => {
    const written: unknown[] = [];
    const now = { phone: { value: '+84 28 1' }, supportMail: { value: 'a@b.vn' } };
    const desk: Partial<CompanyDesk> = {
      read: async () => now as CompanyRecord,
      writeOrganizationProfile: async (change) => void written.push(change),
      writeSupportProfile: async (change) => void written.push(change),
    };
    await editCompanyKind.steps['organization']?.run(workOf(wish(), desk));
    await editCompanyKind.steps['support-profile']?.run(workOf(wish(), desk));
    assert.deepEqual(written, [
      { wanted: { phone: '+84 28 1' }, seen: { phone: '+84 28 0' }, requestId: 'id-1' },
      { wanted: { supportMail: 'a@b.vn' }, seen: { supportMail: 'c@b.vn' }, requestId: 'id-2' },
    ]);
  });

  const refusals = [
    { step: 'organization', property: 'phoneNumber', field: 'phone' },
    { step: 'organization', property: 'postalCode', field: 'postalCode' },
    { step: 'support-profile', property: 'email', field: 'supportMail' },
    { step: 'organization', property: 'firstName', field: undefined },
  ];
  for (const { step, property, field } of refusals) {
    it(`names the field that Microsoft calls ${property} in the ${step}`, async () => {
      const refuse = async () => {
        throw new PartnerError('microsoft-refused', { details: { property }, requestId: 'r' });
      };
      const desk: Partial<CompanyDesk> = { writeOrganizationProfile: refuse, writeSupportProfile: refuse };
      const failure = await editCompanyKind.steps[step]?.run(workOf(wish(), desk)).catch((error) => error);
      assert.ok(failure instanceof PartnerError);
      assert.deepEqual(
        [failure.code, failure.details['companyField'], failure.requestId],
        ['microsoft-refused', field, 'r'],
      );
    });
  }

  it('is taken back under ids of its own, once, and not where that would empty what is needed', () => {
    const undoIds = { organization: 'undo-1' };
    const back = editCompanyKind.undo?.({ ...wish(), undoIds })?.args as EditCompanyWish | undefined;
    assert.deepEqual([back?.wanted, back?.seen], [wish().seen, wish().wanted]);
    assert.deepEqual(back?.requestIds, undoIds);
    assert.equal(editCompanyKind.undo?.(back ?? {}), undefined);
    assert.equal(
      editCompanyKind.undo?.({ ...wish(), undoIds, wanted: { mail: 'x@y.vn' }, seen: { mail: '' } }),
      undefined,
    );
  });
});
