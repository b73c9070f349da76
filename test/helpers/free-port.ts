import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port on which nothing listens. Below the range from which the system takes ports for outgoing connections: one
 * of those could take it before it is listened on.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    // Without a host it is both addresses of this machine, as the bot listens.
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
