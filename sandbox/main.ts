import { createSandbox } from './sandbox.ts';
import { PortTaken } from './server.ts';

const port = Number(process.env['SANDBOX_PORT'] ?? 3979);
const file = process.env['SANDBOX_FILE'] ?? 'data/sandbox.sqlite';
const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  complain(`SANDBOX_PORT must be a port number, it is "${process.env['SANDBOX_PORT']}".`);
  process.exit(1);
}

const sandbox = await createSandbox({
  file,
  port,
  log: (message, error) => complain(`${message}: ${error instanceof Error ? error.stack : String(error)}`),
});
try {
  await sandbox.listen();
} catch (error) {
  if (!(error instanceof PortTaken)) throw error;
  complain(`Port ${port} is taken. Set SANDBOX_PORT to another one.`);
  await sandbox.close();
  process.exit(1);
}
say(`The local Microsoft cloud runs. Console: ${sandbox.url}/`);
say(`Its data is kept in ${file}; Ctrl+C ends it.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}
