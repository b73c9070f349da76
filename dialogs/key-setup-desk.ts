import type { KeySetup } from '../partner/key-setups.ts';

/** Set-ups with product keys of the signed-in person's own company; others are not found. Writes are gathered. */
export interface KeySetupDesk {
  find(id: string): Promise<KeySetup | undefined>;
  /** Those that go on, the oldest first. */
  open(): Promise<KeySetup[]>;
  /** Those that do not, the newest first. */
  over(): Promise<KeySetup[]>;
  /** `save`: by this person. */
  save(write: { add: KeySetup } | { save: KeySetup }): void;
}
