import { z } from 'zod';
import { declineCard } from '../cards/approval.ts';
import { cleanText } from '../partner/names.ts';
import type { Operation } from '../partner/operations.ts';
import { decidable, endApproval } from './approval-decision.ts';
import { showApprovals } from './approvals.ts';
import { createFlow } from './flow-dialog.ts';
import { createForm } from './form-dialog.ts';
import type { Job } from './job.ts';
import { showOverview } from './overview.ts';
import type { Turn } from './turn.ts';

interface Options {
  approval: string;
}

const inputs = z.object({
  why: z
    .string('form.missing')
    .max(500, 'form.too-long')
    .transform(cleanText)
    .pipe(z.string().min(1, 'form.missing')),
});

const form = createForm({
  id: 'approval-decline-form',
  inputs,
  labels: { why: 'approval.decline-why' },
  fromText: (why) => ({ why }),
  async card(turn, { approval: id }: Options, { nonce, typed, problem }) {
    const approval = await turn.records.approval(id);
    const requester = approval && (await turn.accountOf(approval.requester));
    return declineCard(turn.words, {
      ...{ account: turn.account, approval, nonce, problem, why: typed['why'] ?? '' },
      requester: requester?.displayName ?? turn.words('person.erased'),
    });
  },
});

interface Data extends Options {
  why: string;
}

/** *Từ chối*: whoever asked is owed a reason, and hears it. */
const declineFlow = createFlow<Data>({
  id: 'approval-decline',
  start: async (_turn, brought) => ({ why: '', ...(brought as Options) }),
  steps: [
    {
      form: form.id,
      options: async (_turn, { approval }): Promise<Options> => ({ approval }),
      take: async (_turn, data, values) => ({ ...data, ...inputs.parse(values) }),
    },
  ],
  finish: (turn, data) => decline(turn, data),
  outdated: showOverview,
});

async function decline(turn: Turn, { approval: id, why }: Data): Promise<void> {
  const found = await decidable(turn, id);
  if (found === undefined) return;
  const { approval, operation } = found;
  const { tenantId, objectId, displayName: name } = turn.requireAccount();
  await endApproval(turn, approval, { status: 'declined', by: { tenantId, objectId }, answer: why });
  const after: Operation = { ...operation, status: 'cancelled', drawn: operation.drawn + 1 };
  turn.keep(after);
  await turn.showProgress(after, (words) => [words('approval.declined', { name, why })]);
}

export const approvalDeclineJob: Job = {
  dialogs: [declineFlow, form],
  presses: {
    async decline(turn, stage, pressed) {
      const id = pressed.text('approval');
      // A card from before requests were named on it.
      if (id === undefined) return showApprovals(turn);
      const found = await decidable(turn, id);
      if (found !== undefined)
        await stage.begin(declineFlow.id, { approval: found.approval.id } satisfies Options);
    },
  },
};
