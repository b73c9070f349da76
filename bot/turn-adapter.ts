import { type Activity, BotAdapter, type ResourceResponse } from 'botbuilder';

/**
 * The SDK needs an adapter under a turn. Ours sends nothing: what a turn says is gathered by `Turn` and
 * committed to the outbox, so a call that would leave the house is a bug.
 */
export class TurnAdapter extends BotAdapter {
  override async sendActivities(
    _context: unknown,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const types = activities.map((activity) => activity.type).join(', ');
    throw new Error(`a dialog sent ${types} by itself instead of through its turn`);
  }

  override async updateActivity(): Promise<ResourceResponse> {
    throw new Error('a dialog updated a message by itself instead of through its turn');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('a dialog deleted a message by itself instead of through its turn');
  }

  override async continueConversation(): Promise<void> {
    throw new Error('conversations are continued by an event in their queue');
  }
}
