import type { Dialog } from 'botbuilder-dialogs';
import type { CommandId } from '../locales/commands.ts';
import type { JsonObject } from '../partner/operations.ts';
import type { Judged } from './judgement.ts';
import type { Turn } from './turn.ts';

/** What a job may do with the conversation beside talking: start one of its flows. */
export interface Stage {
  begin(dialogId: string, options: object): Promise<void>;
}

/** What came with a press: untrusted values by name. */
export interface Pressed {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The value of this name if it is text. */
  text(name: string): string | undefined;
}

/** A button that is pressed once: what it stands for lies on the server, and was judged before it comes here. */
export interface SingleUse {
  press(turn: Turn, stage: Stage, judged: Judged, pressed: Pressed): Promise<void> | void;
  /** What it stood for as it is now: shown when it was pressed before or is too old. */
  shows?(turn: Turn, args: JsonObject): Promise<void> | void;
}

/** One thing that the bot does for people: its flows, and the words and buttons that lead to it. */
export interface Job {
  dialogs?: readonly Dialog[];
  /** Typed commands; a button of the same verb does the same. `rest` is what followed the command's words. */
  commands?: Partial<Record<CommandId, (turn: Turn, stage: Stage, rest: string) => Promise<void> | void>>;
  /** Buttons by their verb: they show something or begin a flow, and may be pressed again and again. */
  presses?: Readonly<Record<string, (turn: Turn, stage: Stage, pressed: Pressed) => Promise<void> | void>>;
  /** Single-use buttons by their verb: whatever changes something at one press is one. */
  once?: Readonly<Record<string, SingleUse>>;
}
