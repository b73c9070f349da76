import { spawn } from 'node:child_process';
import { waitUntil } from './wait-until.ts';

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly pid: number;
  /** Everything that the process wrote so far, standard output and standard error as they came. */
  output(): string;
  /** Resolves with the match once the output matches, also when it already did; throws when the process ends first. */
  waitForOutput(pattern: RegExp, limitMs?: number): Promise<RegExpExecArray>;
  /** Resolves once GET answers a 2xx; throws when the process ends first. */
  waitForUrl(url: string, limitMs?: number): Promise<void>;
  /** Sends the signal (`SIGKILL` is kill -9) and resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  /** Asks the process to end, forces it after `graceMs` (default 5 s), and resolves when it is gone. */
  stop(graceMs?: number): Promise<Exit>;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<Exit>;
}

/** Of our own environment only this much is passed on, so that a developer's settings do not reach the bot under test. */
const inherited = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'USERPROFILE',
  'LOCALAPPDATA',
  'APPDATA',
];

const alive = new Set<() => void>();
process.on('exit', () => {
  for (const end of alive) end();
});

/**
 * Starts a program as a child of the test run; it is ended with the run, even when the run fails.
 * Name the program itself (`process.execPath`), not npm or npx: signals reach this one process only.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
): RunningProcess {
  const passedOn = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(passedOn), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

  let output = '';
  let gone: Exit | undefined;
  const collect = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);

  const forceEnd = () => child.kill('SIGKILL');
  alive.add(forceEnd);
  const exited = new Promise<Exit>((resolve) => {
    const finish = (exit: Exit) => {
      gone = exit;
      alive.delete(forceEnd);
      resolve(exit);
    };
    // 'close' comes after the last output was read, 'exit' may come before it.
    child.once('close', (code, signal) => finish({ code, signal }));
    child.once('error', (error) => {
      collect(`${error.message}\n`);
      if (child.pid === undefined) finish({ code: null, signal: null });
    });
  });

  const name = [command, ...args].join(' ');
  const detail = () => `Output of ${name}:\n${output.slice(-4000) || '(none)'}`;
  const failWhenGone = () => {
    if (gone) throw new Error(`${name} ended early (${gone.code ?? gone.signal}).\n${detail()}`);
  };

  return {
    pid: child.pid ?? -1,
    output: () => output,
    exited,
    waitForOutput: (pattern, limitMs = 15_000) =>
      waitUntil(
        () => {
          const match = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(output);
          if (match) return match;
          failWhenGone();
          return undefined;
        },
        { what: `${pattern} in the output`, limitMs, detail },
      ),
    waitForUrl: async (url, limitMs = 15_000) => {
      await waitUntil(
        async () => {
          failWhenGone();
          return (await answers(url)) || undefined;
        },
        { what: `an answer from ${url}`, limitMs, detail },
      );
    },
    kill: (signal) => {
      if (!gone) child.kill(signal);
      return exited;
    },
    stop: (graceMs = 5_000) => {
      if (gone) return exited;
      child.kill('SIGTERM');
      const force = setTimeout(forceEnd, graceMs);
      return exited.finally(() => clearTimeout(force));
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
