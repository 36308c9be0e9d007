import type { World } from './world.ts';

/** Lets time pass; whatever is due is done when it is, and everything that is published is handed over. */
export async function passTime(world: World, forMs: number): Promise<void> {
  const until = world.time.now().getTime() + forMs;
  while (world.time.now().getTime() < until) {
    await doWhatIsDue(world);
    await passToWhatIsDue(world, until);
  }
}

/** Lets the time pass until something is due, and not beyond `until`, in milliseconds since 1970; a second at least. */
export async function passToWhatIsDue(world: World, until: number): Promise<void> {
  const record = await world.stores.workRecords.findById(world.organisation.id).lean();
  const due = Math.max(record?.dueAt.getTime() ?? 0, record?.lease.until.getTime() ?? 0);
  world.time.pass(Math.max(1000, Math.min(due, until) - world.time.now().getTime()));
}

/** What is due at this moment. */
export async function doWhatIsDue(world: World): Promise<void> {
  await world.deliverAll();
  await world.work();
  await world.deliverAll();
}
