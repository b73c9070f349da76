import assert from 'node:assert/strict';
import { kindsWithoutFacts, subjectOf } from '../../partner/audit-facts.ts';
import { operationKinds } from '../../partner/kinds.ts';

describe('what the history takes of a recorded write', () => {
  it('is said for each kind', () => {
    assert.deepEqual(kindsWithoutFacts(), []);
    assert.deepEqual(subjectOf('of-tomorrow', { name: 'Lan' }), {
      ...{ client: '', object: '', person: '', isAboutPerson: true, lasting: {}, personal: {} },
    });
  });

  it('keeps nothing of a person for ever but their number', () => {
    const ofPerson = {
      ...{
        displayName: 'PERSON',
        givenName: 'PERSON',
        surname: 'PERSON',
        signInName: 'PERSON',
        to: 'PERSON',
      },
      ...{
        wanted: { phone: 'PERSON' },
        seen: { phone: 'PERSON' },
        subject: 'PERSON',
        text: 'PERSON',
        html: 'PERSON',
      },
      attestation: { firstName: 'PERSON' },
    };
    for (const kind of operationKinds.keys()) {
      // Of one kind `to` is a level, and no address.
      const args = { ...ofPerson, userId: 'u', ...(kind === 'change-support' ? { to: 'full' } : {}) };
      const { lasting, object } = subjectOf(kind, {
        companyName: 'c',
        clientName: 'c',
        offerId: 'o',
        ...args,
      });
      assert.doesNotMatch(JSON.stringify([lasting, object]), /PERSON/, kind);
    }
  });

  it('never takes what a mail says', () => {
    const { lasting, personal, person } = subjectOf('send-mail', {
      ...{ to: 'lan@x', subject: 'WORDS', text: 'WORDS', html: 'WORDS', about: { what: 'offer' } },
    });
    assert.deepEqual([lasting, personal, person], [{ about: { what: 'offer' } }, { to: 'lan@x' }, 'lan@x']);
  });
});
