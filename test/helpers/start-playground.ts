/** `npm run playground`: the Microsoft 365 Agents Playground against a bot that already runs, until Ctrl-C. */
import { sampleUsers, startPlayground } from './playground.ts';

const botUrl = process.env['BOT_URL'] ?? 'http://localhost:3978/api/messages';
const port = Number(process.env['PLAYGROUND_PORT'] ?? 56150);
const number = Number(process.env['PLAYGROUND_USER'] ?? 1);
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  if (!Number.isInteger(port)) throw new Error('It is not a number.');
  const person = sampleUsers[number - 1];
  if (person === undefined) throw new Error(`PLAYGROUND_USER is a number from 1 to ${sampleUsers.length}.`);
  const playground = await startPlayground({ botUrl, port, users: [person] });
  say(`Playground: ${playground.url}  (this machine only)`);
  say(`Bot:        ${botUrl}  (BOT_URL changes it)`);
  say(`You are:    ${playground.currentUser.name} (${playground.currentUser.email})`);
  say(`Also there: ${playground.users.map((user) => user.name).join(', ')}`);
  say('Ctrl-C ends it.');

  const idle = setInterval(() => undefined, 2 ** 30);
  const end = async () => {
    clearInterval(idle);
    await playground.stop();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  say(`The Playground did not start on port ${port} (PLAYGROUND_PORT changes it). ${reason}`);
  process.exitCode = 1;
}
