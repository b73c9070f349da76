import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** A secret as it lies in the database: ciphertext and tag in `sealed`, and which key opens it. */
interface Sealed {
  keyId: string;
  nonce: Buffer;
  sealed: Buffer;
}

export interface Seal {
  seal(name: string, secret: string): Sealed;
  /** Throws a plain Error without content when the key is unknown or the entry was changed or moved. */
  open(name: string, entry: Sealed): string;
}

const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM, a random 96-bit nonce per secret; the name is authenticated with it, so that an entry copied to
 * another name does not open. The first key (32 bytes each) seals, all of them open: keys can rotate.
 */
export function createSeal({ key, formerKeys = [] }: { key: Buffer; formerKeys?: Buffer[] }): Seal {
  for (const one of [key, ...formerKeys]) {
    if (one.length !== 32) throw new Error('a vault key must have 32 bytes');
  }
  const keys = new Map([...formerKeys, key].map((one) => [idOf(one), one]));
  const currentId = idOf(key);

  return {
    seal(name, secret) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return { keyId: currentId, nonce, sealed: Buffer.concat([text, cipher.getAuthTag()]) };
    },

    open(name, { keyId, nonce, sealed }) {
      const opener = keys.get(keyId);
      if (!opener) throw new Error(`vault entry ${name} is sealed under an unknown key (${keyId})`);
      try {
        const decipher = createDecipheriv(algorithm, opener, nonce, { authTagLength: tagLength });
        decipher.setAAD(Buffer.from(name));
        decipher.setAuthTag(sealed.subarray(-tagLength));
        const text = decipher.update(sealed.subarray(0, -tagLength));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw new Error(`vault entry ${name} does not open: it was changed`);
      }
    },
  };
}

/** Tells keys apart without telling anything about them. */
function idOf(key: Buffer): string {
  return createHmac('sha256', key).update('vault key id').digest('hex').slice(0, 16);
}
