import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newHome, rigApp } from '../rig/app.ts';

const RUNBOOK = 'leaked-whatsapp-token';

test(
  'a drill that is not finished is not sped up in silence: it is refused, with the way that is written down',
  { timeout: 60_000 },
  async () => {
    const home = newHome();
    const first = await rigApp({ home });
    const { id } = await first.drill(RUNBOOK, { seed: 7 });
    await first.close();
    const app = await rigApp({ home });
    await expect(app.drill(RUNBOOK, { seed: 7, speed: 60 })).rejects.toThrow(
      new RegExp(`${id} is not finished and runs 1 times as fast`),
    );
    await expect(app.drill(RUNBOOK, { seed: 7, speed: 60 })).rejects.toThrow(/compress:60/);
    expect((await app.drill(RUNBOOK, { seed: 7, speed: 1 })).id).toBe(id);
    await app.close();
    rmSync(home, { recursive: true, force: true });
  },
);
