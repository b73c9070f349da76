import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { JsonObject } from '../partner/operations.ts';
import type { StateWrite } from '../storage/changes.ts';

/** Shape of what is kept per conversation; counted up when stored dialogs can no longer be read. */
const stateSchema = 1;

/** State of one conversation as it was read: changed by the turn, written with the version read. */
export interface LoadedState {
  body: JsonObject;
  /** What was stored comes from another version of the bot and was left aside. */
  fromAnotherVersion: boolean;
  write(): StateWrite;
}

export function loadState(key: string, found: StateWrite | undefined): LoadedState {
  const readable = found?.schema === stateSchema;
  const body: JsonObject = readable ? structuredClone(found.body) : {};
  return {
    body,
    fromAnotherVersion: found !== undefined && !readable,
    write: () => ({ key, version: found?.version ?? 0, schema: stateSchema, body }),
  };
}

const stateKey = Symbol('state');

export function putState(context: TurnContext, state: LoadedState): void {
  context.turnState.set(stateKey, state);
}

/** The SDK's accessor over one property of the loaded state: everything is in memory, nothing is awaited. */
export function dialogStateOf(property: string): StatePropertyAccessor<DialogState> {
  const bodyOf = (context: TurnContext): JsonObject => {
    const state = context.turnState.get<LoadedState | undefined>(stateKey);
    if (state === undefined) throw new Error('state was asked for outside a turn');
    return state.body;
  };
  return {
    async get(context: TurnContext, initial?: DialogState) {
      const body = bodyOf(context);
      if (body[property] === undefined)
        body[property] = (initial ?? { dialogStack: [] }) as unknown as JsonObject;
      return body[property] as unknown as DialogState;
    },
    async set(context, value) {
      bodyOf(context)[property] = value as unknown as JsonObject;
    },
    async delete(context) {
      delete bodyOf(context)[property];
    },
  };
}
