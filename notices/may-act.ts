import type { AccountRef } from '../partner/accounts.ts';
import { accountKey } from '../partner/accounts.ts';
import { cannotBeKnown, readSituation, type SituationSources } from '../partner/authorise.ts';
import { type CapabilityId, decide } from '../partner/capabilities.ts';
import type { Directories } from '../partner/directory.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';

/**
 * Whether this account may do any of these now, read with its own sign-in: whose sign-in is gone cannot act either.
 * Throws PartnerError where that cannot be known just now.
 */
export function createMayAct(deps: {
  directories: Pick<Directories, 'as'>;
  situations: SituationSources;
  log: Log;
}): (account: AccountRef, capabilities: readonly CapabilityId[]) => Promise<boolean> {
  return async (account, capabilities) => {
    try {
      const situation = await readSituation(deps.directories.as(account), account, deps.situations);
      const verdicts = capabilities.map((capability) => decide(capability, situation));
      if (verdicts.some(({ allowed }) => allowed)) return true;
      for (const verdict of verdicts) {
        if (!verdict.allowed && verdict.reason === 'unknown') throw cannotBeKnown(verdict.unread);
      }
      return false;
    } catch (error) {
      if (error instanceof PartnerError && passingCodes.includes(error.code)) throw error;
      deps.log.info(
        { err: error, account: accountKey(account) },
        'the rights of a colleague could not be read',
      );
      return false;
    }
  };
}
