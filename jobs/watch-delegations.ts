import { toBeTold } from '../notices/record.ts';
import { isConflict } from '../partner/again-on-conflict.ts';
import type { Clock } from '../partner/clock.ts';
import type { Zones } from '../partner/company-zones.ts';
import { foundDelegation } from '../partner/delegation-found.ts';
import { isNameOf } from '../partner/delegation-names.ts';
import type { DelegationNews } from '../partner/delegation-news.ts';
import { type Delegation, delegationStates } from '../partner/delegations.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';
import { type Notice, newNotice } from '../partner/notices.ts';
import type { Relationship } from '../partner/relationships.ts';
import type { NewJob } from '../storage/changes.ts';
import type { Storage } from '../storage/storage.ts';
import { createDelegationLook, type Looked, type PartnerRelationships } from './delegation-look.ts';
import { type ComeBack, createEachApart, sooner } from './each-apart.ts';
import type { JobHandler, JobOutcome } from './runner.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** When Microsoft is away: real time, ms. */
const microsoftAwayMs = 15 * 60 * 1000;
/** New rows of one commit. */
const atOnce = 100;

/**
 * Once a day of domain time, for each partner company: reads all its relationships, moves what is known of them, keeps
 * those that were made elsewhere, and reminds of an end. However many days were missed, one look makes up for them.
 */
export function createWatchDelegations(deps: {
  storage: Pick<Storage, 'delegations' | 'operations' | 'commit'>;
  relationships: PartnerRelationships;
  zones: Pick<Zones, 'ofCompany'>;
  isPartner(company: string): boolean;
  clock: Clock;
  newId(): string;
  log: Log;
}): JobHandler {
  const { storage, clock, log } = deps;
  const look = createDelegationLook(deps);
  const what = 'watch-delegations';
  const each = createEachApart<Delegation>({ idOf: ({ id }) => id, what, log });
  const eachFound = createEachApart<Delegation>({
    idOf: ({ relationshipId }) => relationshipId ?? '',
    what,
    log,
  });

  /** Undefined: Microsoft does not tell this company, today or ever; its own dates are followed then. */
  async function readAll(company: string): Promise<Relationship[] | undefined> {
    try {
      return await deps.relationships.asPartner(company).list();
    } catch (error) {
      if (!(error instanceof PartnerError) || passingCodes.includes(error.code)) throw error;
      if (error.code !== 'not-in-cloud')
        log.warn({ err: error, company }, 'the delegations of a company could not be read');
      return undefined;
    }
  }

  async function sweep(company: string): Promise<ComeBack> {
    // Read before ours: whatever Microsoft names was stored by us earlier, if it is ours.
    const read = await readAll(company);
    const known = await storage.delegations.ofCompany(company, delegationStates);
    const relationships = read && new Map(read.map((each) => [each.id, each]));
    const changes = await storage.operations.running(company, ['extend-delegation', 'end-delegation']);
    const changing = new Set(changes.map(({ args }) => String(args['delegationId'])));
    const zone = await deps.zones.ofCompany(company);
    // A client, a person or an operation may change the same one at this moment: looked at once more.
    const comeBack = await each(known, async (delegation) => {
      const looked = await look(delegation, { relationships, changing, zone });
      if (looked !== undefined) await keep(looked);
    });
    return sooner(comeBack, await keepFound(company, zone, madeElsewhere(read ?? [], known)));
  }

  async function keep({ delegation, events, news }: Looked): Promise<void> {
    const told = toBeTold(news.map((one) => noticeOf(delegation, one)));
    await storage.commit({ delegations: [{ save: delegation }], offerEvents: events, ...told });
  }

  function noticeOf({ id, company, endsAt }: Delegation, news: DelegationNews): Notice {
    const subject = `delegation/${id}` as const;
    const details = { ...news, endsAt };
    return newNotice({
      ...{ id: deps.newId(), company, subject, kind: 'delegation-news', at: clock.now(), details },
    });
  }

  async function keepFound(company: string, zone: string, found: readonly Relationship[]): Promise<ComeBack> {
    const now = clock.now();
    const added = found.flatMap(
      (one) => foundDelegation(one, { id: deps.newId(), company, now, zone }) ?? [],
    );
    let comeBack: ComeBack;
    for (let from = 0; from < added.length; from += atOnce) {
      const part = added.slice(from, from + atOnce);
      try {
        await storage.commit({ delegations: part.map((delegation) => ({ add: delegation })) });
      } catch (error) {
        if (!isConflict(error)) throw error;
        // One that is stored already keeps out none of the others.
        comeBack = sooner(comeBack, await eachFound(part, addUnlessThere));
      }
    }
    return comeBack;
  }

  async function addUnlessThere(delegation: Delegation): Promise<void> {
    await storage.commit({ delegations: [{ add: delegation }] }).catch((error) => {
      if (!isConflict(error)) throw error;
    });
  }

  return async (job): Promise<JobOutcome> => {
    const { company } = job.args;
    if (typeof company !== 'string' || !deps.isPartner(company)) return 'done';
    try {
      return (await sweep(company)) ?? { againAt: clock.now() + dayMs, clock: 'domain' };
    } catch (error) {
      if (!(error instanceof PartnerError && passingCodes.includes(error.code))) throw error;
      const waitMs = Math.max(microsoftAwayMs, (error.retryAfterSeconds ?? 0) * 1000);
      return { againAt: Date.now() + waitMs, clock: 'real' };
    }
  };
}

/** Neither known by its id nor, before its operation stored that, by its name; Microsoft's own `MLT_` ones never. */
function madeElsewhere(read: readonly Relationship[], known: readonly Delegation[]): Relationship[] {
  const ids = new Set(known.map(({ relationshipId }) => relationshipId));
  const begun = known.filter(({ relationshipId, offerId }) => relationshipId === null && offerId !== null);
  return read.filter(({ id, name }) => {
    const isOurs = ids.has(id) || begun.some((each) => isNameOf(name, each.id));
    return !isOurs && !name.startsWith('MLT_');
  });
}

/** To be added for each partner company; added again it stays as it is. `at` in domain time, ms. */
export const watchDelegationsJob = (company: string, at: number): NewJob => ({
  key: `delegations:${company}`,
  kind: 'watch-delegations',
  args: { company },
  dueAt: at,
  clock: 'domain',
});

/** Domain time after a start, unless the daily look is due before; nothing hurries. */
const firstLookMs = 60 * 60 * 1000;

/** For all partner companies, at a start. `now` in domain time, ms. */
export function firstLooks(companies: readonly string[], now: number): NewJob[] {
  return companies.map((company) => watchDelegationsJob(company, now + firstLookMs));
}
