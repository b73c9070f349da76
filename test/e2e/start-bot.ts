import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../helpers/free-port.ts';
import { type RunningProcess, startProcess } from '../helpers/process.ts';

export interface RunningBot {
  /** The bot's message address. */
  readonly url: string;
  readonly process: RunningProcess;
  stop(): Promise<void>;
}

/**
 * Starts the built bot (dist/main.js) in an empty data folder and resolves when it says where it listens.
 * `env` is all that the bot is told, beside taking free ports; `folder` starts it again on the data of an earlier one, and is then left alone.
 */
export async function startBot({
  env = {},
  folder,
}: {
  env?: Readonly<Record<string, string>>;
  folder?: string;
} = {}): Promise<RunningBot> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'partner-bot-')));
  const built = join(process.cwd(), 'dist', 'main.js');
  const running = startProcess(
    process.execPath,
    [built],
    { PORT: String(await freePort()), SANDBOX_PORT: '0', ...env },
    data,
  );
  const stop = async () => {
    await running.stop();
    if (!folder) await rm(data, { recursive: true, force: true });
  };
  try {
    const [url] = await running.waitForOutput(/http:\/\/localhost:\d+\/api\/messages/, 30_000);
    return { url, process: running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
