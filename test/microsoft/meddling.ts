import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type ScriptedAnswer, type ScriptedRequest, scriptedCloud } from './scripted-cloud.ts';
import { connect } from './signed-in.ts';

export type Body = Record<string, unknown>;

export interface Meddling {
  /** An answer in the sandbox's place. */
  instead?: (request: ScriptedRequest) => ScriptedAnswer | undefined;
  /** Changes what the token endpoint gave. */
  tokens?: (body: Body) => Promise<Body> | Body;
}

/** The adapters, with a server between them and the sandbox. It is added to `opened`, to be closed. */
export async function meddling(sandbox: Sandbox, opened: { close(): Promise<void> }[], meddle: Meddling) {
  const server = await scriptedCloud(async (request) => {
    const instead = meddle.instead?.(request);
    if (instead !== undefined) return instead;
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers;
    const answer = await fetch(sandbox.url + request.path, {
      method: request.method,
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(request.body === '' ? {} : { body: request.body }),
    });
    const location = answer.headers.get('location');
    const text = await answer.text();
    const isToken = request.path.endsWith('/token') || request.path.includes('/token?');
    const body = isToken && answer.ok && meddle.tokens ? await meddle.tokens(JSON.parse(text)) : text;
    return { status: answer.status, body, headers: location === null ? {} : { location } };
  });
  opened.push(server);
  return { ...connect(sandbox, { origin: server.origin }), requests: server.requests };
}

/** A cloud whose signing key the test has too: `change` says what is in its ID tokens. */
export async function cloudWithOwnKey(
  sandbox: Sandbox,
  opened: { close(): Promise<void> }[],
  change: (payload: JWTPayload) => JWTPayload,
) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'own', use: 'sig', alg: 'RS256' };
  return meddling(sandbox, opened, {
    instead: ({ path }) => (path.endsWith('/keys') ? { status: 200, body: { keys: [key] } } : undefined),
    tokens: async (body) => {
      const payload = change(decodeJwt(String(body['id_token'])));
      return {
        ...body,
        id_token: await new SignJWT(payload)
          .setProtectedHeader({ alg: 'RS256', kid: 'own' })
          .sign(privateKey),
      };
    },
  });
}
