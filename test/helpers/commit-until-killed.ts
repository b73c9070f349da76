import { createStorage } from '../../storage/create-storage.ts';

/** A process for the durability test: commits one change after the other and says which are committed. */
const [file = '', vaultKey = ''] = process.argv.slice(2);
const storage = await createStorage({ file, vaultKey: Buffer.from(vaultKey, 'hex') });

for (let version = (await storage.state.find('k'))?.version ?? 0; ; version += 1) {
  await storage.commit({
    state: [{ key: 'k', version, schema: 1, body: { version } }],
    vault: [{ put: { key: 'k', secret: `secret ${version}`, expiresAt: null } }],
  });
  process.stdout.write(`${version + 1}\n`);
}
