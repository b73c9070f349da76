import { type AccountRef, accountKey } from '../partner/accounts.ts';
import { readSituation, type SituationSources } from '../partner/authorise.ts';
import { type CapabilityId, decide } from '../partner/capabilities.ts';
import type { Directories } from '../partner/directory.ts';
import { PartnerError, passingCodes } from '../partner/errors.ts';
import type { Log } from '../partner/log.ts';

/** Whether somebody may do any of these now; undefined where that cannot be known just now. */
export type Rights = (capabilities: readonly CapabilityId[]) => boolean | undefined;

/** Reads the rights of an account with its own sign-in: whose sign-in is gone cannot act either. */
export function createReadRights(deps: {
  directories: Pick<Directories, 'as'>;
  situations: SituationSources;
  log: Log;
}): (account: AccountRef) => Promise<Rights> {
  return async (account) => {
    try {
      const situation = await readSituation(deps.directories.as(account), account, deps.situations);
      return (capabilities) => {
        const verdicts = capabilities.map((capability) => decide(capability, situation));
        if (verdicts.some(({ allowed }) => allowed)) return true;
        const isUnknown = verdicts.some((verdict) => !verdict.allowed && verdict.reason === 'unknown');
        return isUnknown ? undefined : false;
      };
    } catch (error) {
      if (error instanceof PartnerError && passingCodes.includes(error.code)) return () => undefined;
      deps.log.info(
        { err: error, account: accountKey(account) },
        'the rights of a colleague could not be read',
      );
      return () => false;
    }
  };
}
