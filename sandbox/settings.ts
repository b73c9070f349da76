import type { SandboxDatabase } from './database.ts';

/** Small named values of the sandbox: clock offset, signing keys, the id of the present world. */
export interface Settings {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
}

export function createSettings(database: SandboxDatabase): Settings {
  return {
    async read(name) {
      const row: { value: string } | undefined = await database('settings').where({ name }).first('value');
      return row?.value;
    },
    async write(name, value) {
      await database('settings').insert({ name, value }).onConflict('name').merge();
    },
  };
}
