import { workingMoment } from '../../partner/working-hours.ts';
import type { TestBot } from './app.ts';

const hanoi = 'Asia/Ho_Chi_Minh';

/** Moves the clock on by this, ms, and from there to where people work in this zone: reminders come only then. */
export function moveToWork(bot: Pick<TestBot, 'sandbox'>, byMs: number, zone = hanoi): void {
  const { clock } = bot.sandbox;
  const then = clock.now() + byMs;
  clock.advance(workingMoment(zone, then) - clock.now());
}
