import assert from 'node:assert/strict';
import { offerCard } from '../../cards/offer.ts';
import { offerFacts } from '../../cards/offer-facts.ts';
import { createWords } from '../../locales/words.ts';
import { termsFor } from '../../partner/delegation-terms.ts';
import type { StatedPrice } from '../../partner/offers.ts';
import { hanoi } from '../helpers/zones.ts';
import { acceptanceOf, offeredLine, offerView } from '../partner/offer-record.ts';
import { aDelegation } from './delegation-staff-samples.ts';

const [vi, en] = [createWords('vi', hanoi), createWords('en', hanoi)];
const price = (change: Partial<StatedPrice> = {}): StatedPrice => ({
  ...{ amount: '250000', currency: 'VND', per: 'month', vat: 'excluded' },
  ...change,
});

describe('the offer card', () => {
  it('states prices by the reader’s locale and adds them up without rounding', () => {
    const lines = [
      offeredLine({ seats: 3, price: price({ amount: '0.1', currency: 'USD', vat: 'included' }) }),
      offeredLine({ seats: 1, price: price({ amount: '5.4321', currency: 'USD', vat: 'included' }) }),
      offeredLine({ seats: 1, price: price({ amount: '1234567', per: 'year' }) }),
    ];
    const view = offerView({ lines });
    const facts = offerFacts(en, 'en', view);
    assert.match(facts.services[0]?.price ?? '', /^US\$0\.10 per licence per month, VAT included$/);
    assert.match(facts.services[0]?.sum ?? '', /3 licences: US\$0\.30 per month/);
    assert.match(facts.services[1]?.sum ?? '', /US\$5\.4321/);
    assert.deepEqual(facts.totals, [
      'Total US$5.7321 per month, VAT included',
      'Total ₫1,234,567 per year, VAT not included',
    ]);
    assert.match(offerFacts(vi, 'vi', view).services[2]?.price ?? '', /1\.234\.567\s₫ mỗi giấy phép mỗi năm/);
  });

  it('makes up no price where none is stated', () => {
    const view = offerView({ lines: [offeredLine({ price: null }), offeredLine()] });
    const facts = offerFacts(vi, 'vi', view);
    assert.deepEqual([facts.services[0]?.price, facts.services[0]?.sum], ['Giá: sẽ báo giá', '']);
    assert.match(facts.totals[0] ?? '', /chưa tính dịch vụ sẽ báo giá/);
    assert.match(facts.accept.points.join(' '), /hỏi giá Contoso Partner/);
  });

  it('says of a trial how long it runs and how it ends, and nothing of orders', () => {
    const line = offeredLine({ trial: true, price: null, seats: 25, minSeats: 25, maxSeats: 25 });
    const card = JSON.stringify(offerCard(vi, 'vi', offerView({ kind: 'trial', lines: [line] })));
    assert.match(card, /25 giấy phép trong 30 ngày/);
    assert.match(card, /không tự gia hạn/);
    assert.doesNotMatch(card, /sẽ báo giá|7 ngày đầu/);
  });

  it('counts with the licences that were accepted, of the version that was', () => {
    const acceptance = acceptanceOf({ seats: [12] });
    const mine = offerFacts(vi, 'vi', { ...offerView(), acceptance });
    assert.match(mine.services[0]?.sum ?? '', /12 giấy phép: 3\.000\.000/);
    const newer = offerFacts(vi, 'vi', { ...offerView(), number: 2, acceptance });
    assert.match(newer.services[0]?.sum ?? '', /15 giấy phép: 3\.750\.000/);
    assert.match(newer.state.text, /đã chấp nhận phiên bản 1/);
  });

  it('names nobody of the client, and no company to whoever has shown none', () => {
    const recipient = { ...offerView().terms.recipient, person: 'Quang Vinh', mail: 'vinh@fabrikam.vn' };
    const view = offerView({ note: '', recipient });
    const text = JSON.stringify(offerCard(vi, 'vi', view));
    assert.match(text, /Fabrikam \(fabrikam\.vn\)/);
    assert.doesNotMatch(text, /Vinh/i);
    const anybody = JSON.stringify(offerCard(vi, 'vi', { ...view, forAnybody: true }));
    assert.doesNotMatch(anybody, /fabrikam/i);
  });

  it('asks for nothing more, and has no end of its own, once staff have confirmed the yes', () => {
    const view = offerView();
    const accepted = offerFacts(vi, 'vi', { ...view, acceptance: acceptanceOf({ state: 'accepted' }) });
    assert.ok(accepted.next.steps.length > 0 && accepted.valid !== '');
    for (const state of ['confirmed', 'ordering', 'ordered', 'provisioned', 'failed'] as const) {
      const facts = offerFacts(vi, 'vi', { ...view, acceptance: acceptanceOf({ state }) });
      assert.deepEqual([facts.next.steps, facts.accept.points, facts.valid], [[], [], ''], state);
    }
  });

  it('does not call a delegation that was allowed expired, when the offer that asked for it is', () => {
    const delegation = termsFor('limited', { days: 365, autoExtend: false });
    const view = {
      ...offerView({ kind: 'delegation', lines: [], delegation }),
      standing: 'expired' as const,
    };
    assert.notEqual(offerFacts(vi, 'vi', view).state.text, '');
    const allowed = aDelegation({ state: 'usable', answeredAt: 1, terms: delegation });
    assert.equal(offerFacts(vi, 'vi', { ...view, delegation: allowed }).state.text, '');
  });
});
