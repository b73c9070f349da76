import { z } from 'zod';
import { type Fault, type Faults, faultKinds } from '../faults.ts';
import { companyMailboxOf } from '../graph/company-mailbox.ts';
import { form, fromAnotherSite, type HttpAnswer, json, redirect, type SandboxRequest } from '../http.ts';
import type { MovableClock } from '../movable-clock.ts';
import { styleSheet } from '../pages/style.ts';
import type { LoggedRequest } from '../request-log.ts';
import type { World } from '../world.ts';
import { accountsPage, type OpinionCount, type WaitingMessages } from './accounts-page.ts';
import { controlsPage } from './controls-page.ts';
import { changeDelegationPace, delegationPage } from './delegation-page.ts';
import { directoryPage } from './directory-page.ts';
import { notFoundPage } from './frame.ts';
import { mailHtml, mailPage } from './mail-page.ts';
import { requestsPage, startOverPage } from './other-pages.ts';
import { changeShop, shopPage } from './shop-page.ts';

const count = z.coerce.number().int().min(1).max(1000);
const faultSchema = z.object({
  kind: z.enum(faultKinds),
  match: z.object({ method: z.string().optional(), path: z.string().optional() }).optional(),
  times: count.optional(),
  retryAfter: z.number().min(0).max(3600).optional(),
  ms: z.number().min(0).max(3_600_000).optional(),
});
const faultForm = z.object({
  kind: z.enum(faultKinds),
  path: z.string(),
  method: z.string(),
  times: count,
  seconds: z.union([z.literal(''), z.coerce.number().min(0).max(3600)]),
});
const tenYearsMs = 10 * 365 * 24 * 3_600_000;
const clockSchema = z.union([
  z.object({ advanceMs: z.coerce.number().int().min(-tenYearsMs).max(tenYearsMs) }),
  z.object({ reset: z.union([z.literal(true), z.literal('yes')]) }),
]);

/** What the console shows and changes. */
interface Running {
  readonly clock: MovableClock;
  readonly world: World;
  readonly faults: Faults;
  requests(): LoggedRequest[];
  reset(): Promise<void>;
}

/** The console and its small interface; forms are answered by a redirect, JSON by JSON. */
export function createConsole(dependencies: {
  sandbox: Running;
  waiting: (() => Promise<WaitingMessages[]>) | undefined;
  opinions: (() => Promise<OpinionCount[]>) | undefined;
}): (request: SandboxRequest) => Promise<HttpAnswer> {
  const { sandbox, waiting, opinions } = dependencies;
  const { clock, faults } = sandbox;
  const controls = '/sandbox/controls';

  async function moveClock(request: SandboxRequest): Promise<HttpAnswer> {
    const wish = clockSchema.safeParse(payload(request));
    if (!wish.success) return refused(wish.error);
    if ('reset' in wish.data) await clock.reset();
    else await clock.advance(wish.data.advanceMs);
    return isJson(request) ? json(200, { now: clock.now() }) : redirect(controls);
  }

  function addFault(request: SandboxRequest): HttpAnswer {
    if (isJson(request)) {
      const fault = faultSchema.safeParse(payload(request));
      return fault.success ? json(201, faults.add(withoutUndefined(fault.data))) : refused(fault.error);
    }
    const wish = faultForm.safeParse(payload(request));
    if (!wish.success) return refused(wish.error);
    faults.add(fromForm(wish.data));
    return redirect(controls);
  }

  function removeFault(request: SandboxRequest): HttpAnswer {
    const id = form(request).get('id');
    if (id === 'all') faults.clear();
    else faults.remove(Number(id));
    return redirect(controls);
  }

  async function startOver(request: SandboxRequest): Promise<HttpAnswer> {
    await sandbox.reset();
    return isJson(request) ? json(200, { now: clock.now() }) : redirect(`${controls}?reset`);
  }

  return async (request) => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (method !== 'GET' && fromAnotherSite(request))
      return json(403, { error: 'Only pages of the sandbox itself may do this.' });
    switch (`${method} ${request.path}`) {
      case 'GET /sandbox/partners': {
        const { world } = sandbox;
        const partners = (await world.tenants()).filter((tenant) => tenant.role === 'partner');
        const told = partners.map(async (tenant) => {
          const mailbox = (await companyMailboxOf(world, tenant))?.address;
          return { tenantId: tenant.id, cloud: tenant.cloud, ...(mailbox === undefined ? {} : { mailbox }) };
        });
        return json(200, await Promise.all(told));
      }
      case 'GET /':
        return accountsPage(request, sandbox.world, {
          waiting: await waiting?.(),
          opinions: await opinions?.(),
        });
      case 'GET /sandbox/controls':
        return controlsPage(request, { clock, faults });
      case 'GET /sandbox/directory':
        return directoryPage(request, sandbox.world);
      case 'GET /sandbox/mail':
        return mailPage(request, sandbox.world);
      case 'GET /sandbox/mail/html':
        return mailHtml(request, sandbox.world);
      // What people type.
      case 'GET /mail':
        return redirect('/sandbox/mail');
      case 'GET /sandbox/shop':
        return shopPage(request, sandbox.world);
      case 'POST /sandbox/shop':
        return changeShop(request, sandbox.world);
      case 'GET /sandbox/delegation':
        return delegationPage(request, { world: sandbox.world, clock, real: Date.now });
      case 'POST /sandbox/delegation':
        return changeDelegationPace(request, sandbox.world);
      case 'GET /sandbox/requests':
        return requestsPage(request, sandbox.requests());
      case 'GET /sandbox/reset':
        return startOverPage(request);
      case 'GET /sandbox/style.css':
        return { status: 200, headers: { 'content-type': 'text/css; charset=utf-8' }, body: styleSheet };
      case 'GET /sandbox/clock':
        return json(200, { now: clock.now() });
      case 'POST /sandbox/clock':
        return moveClock(request);
      case 'GET /sandbox/faults':
        return json(200, { value: faults.list() });
      case 'POST /sandbox/faults':
        return addFault(request);
      case 'POST /sandbox/faults/remove':
        return removeFault(request);
      case 'DELETE /sandbox/faults':
        faults.clear();
        return json(200, { value: [] });
      case 'POST /sandbox/reset':
        return startOver(request);
      default:
        return notFoundPage(request);
    }
  };
}

function isJson(request: SandboxRequest): boolean {
  return /^application\/json\b/i.test(request.headers['content-type'] ?? '');
}

function payload(request: SandboxRequest): unknown {
  if (!isJson(request)) return Object.fromEntries(form(request));
  try {
    return JSON.parse(request.body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function refused(error: z.ZodError): HttpAnswer {
  return json(400, { error: z.prettifyError(error) });
}

/** Seconds mean what the chosen fault waits for: Retry-After, or how long it lasts. */
function fromForm(wish: z.infer<typeof faultForm>): Fault {
  const { kind, times, path, method, seconds } = wish;
  return {
    kind,
    times,
    match: { ...(path === '' ? {} : { path }), ...(method === '' ? {} : { method }) },
    ...(seconds === '' || kind !== 'throttled' ? {} : { retryAfter: seconds }),
    ...(seconds === '' || kind === 'throttled' ? {} : { ms: seconds * 1000 }),
  };
}

function withoutUndefined(fault: z.infer<typeof faultSchema>): Fault {
  return JSON.parse(JSON.stringify(fault)) as Fault;
}
