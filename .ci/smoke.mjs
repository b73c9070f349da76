/**
 * Starts the bot with `npm start` and nothing configured but a folder for its data, waits until it is healthy, says
 * xin chào as the Emulator would, and waits for the card. Ends everything that it started. Exit code 0: all of that worked.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const bot = `http://localhost:${process.env.PORT ?? 3978}`;
// Generous, since the machine may be busy with other work; how long the start took is printed.
const startsWithinMs = 60_000;
const answersWithinMs = 30_000;
const endsWithinMs = 30_000;
const say = (line) => process.stdout.write(`${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'partner-bot-smoke-'));
const channel = createServer();
let child;
let output = '';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    killGroup('SIGKILL');
    process.exit(1);
  });
}
try {
  if (await isHealthy()) throw new Error(`Something answers on ${bot} already; PORT names another port.`);
  const began = performance.now();
  // A process group of its own: npm, its shell and the bot are ended together.
  child = spawn('npm', ['start'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATA_DIR: folder },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  await until(isHealthy, startsWithinMs, `${bot}/health`);
  say(`npm start: healthy after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  await hello();
  say('npm start: answers xin chào');
  await stop();
  say('npm start: ends when it is told to');
} catch (error) {
  say(`npm start: ${error.message}\n${output}`);
  process.exitCode = 1;
} finally {
  killGroup('SIGKILL');
  channel.close();
  channel.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
}

async function isHealthy() {
  try {
    const response = await fetch(`${bot}/health`, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Posts one message and waits until the bot sends a card with both languages to the channel. */
async function hello() {
  const said = [];
  channel.on('request', async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    said.push(body);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  channel.listen(0, '127.0.0.1');
  await once(channel, 'listening');
  const activity = {
    type: 'message',
    id: 'smoke-1',
    text: 'xin chào',
    channelId: 'emulator',
    serviceUrl: `http://127.0.0.1:${channel.address().port}`,
    from: { id: 'smoke', role: 'user' },
    recipient: { id: 'bot', role: 'bot' },
    conversation: { id: 'smoke|livechat' },
  };
  const response = await fetch(`${bot}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
    signal: AbortSignal.timeout(answersWithinMs),
  });
  if (!response.ok) throw new Error(`the message was answered with ${response.status}`);
  const isWelcome = (body) => body.includes('Tiếng Việt') && body.includes('English');
  await until(async () => said.some(isWelcome), answersWithinMs, 'the welcome card');
}

async function stop() {
  const gone = once(child, 'close');
  killGroup('SIGTERM');
  await Promise.race([
    gone,
    sleep(endsWithinMs, undefined, { ref: false }).then(() => {
      throw new Error(`it did not end within ${endsWithinMs / 1000} s`);
    }),
  ]);
  child = undefined;
}

function killGroup(signal) {
  if (child?.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function until(isTrue, limitMs, what) {
  const end = performance.now() + limitMs;
  while (!(await isTrue())) {
    if (child.exitCode !== null) throw new Error(`it ended early, before ${what}`);
    if (performance.now() > end) throw new Error(`no sign of ${what} within ${limitMs / 1000} s`);
    await sleep(100);
  }
}
