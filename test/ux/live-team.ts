import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { firebreak, makeWorkspace, startMeta } from '../live/workspace.ts';
import { FIRST_STEP, sitDown, type Size, type Sitting, type Start } from './sitting.ts';

/** A team with a trusted workspace, a live vendor on this machine, and one open incident of a leaked token. */
export interface LiveTeam extends AsyncDisposable {
  meta: RunningSimulator;
  /** Sits down at a copy of the team's machine, with the step in front. */
  sitAt(step: string, size?: Size): Promise<Sitting>;
}

export const WEBHOOKS_STEP = "Stop the app's WhatsApp webhooks";

const LARGE: Size = { columns: 100, rows: 40 };

/** `more.address`: where the team has written that the vendor answers; where it does, unless a test says otherwise. */
export const liveTeam = async (
  more: Readonly<{ address?: string; env?: Start['env']; program?: string }> = {},
): Promise<LiveTeam> => {
  const meta = await startMeta();
  const team = makeWorkspace(more.address ?? meta.url);
  const begin = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await firebreak(team, args);
    if (code !== 0) throw new Error(stderr);
  };
  await begin('trust');
  await begin('declare', 'leaked-whatsapp-token', '--title', 'x');
  const { HOME: _home, FIREBREAK_HOME: _data, NO_COLOR: _plain, ...env } = team.env;
  const start: Start = {
    files: dirname(team.home),
    folder: 'team',
    env: { ...env, ...more.env },
    ...(more.program === undefined ? {} : { program: more.program }),
  };
  return {
    meta,
    sitAt: async (step, size = LARGE) => {
      const person = await sitDown('resume', start, size);
      await person.until(FIRST_STEP);
      await person.toStep(step);
      return person;
    },
    [Symbol.asyncDispose]: async () => {
      await meta.close();
      rmSync(dirname(team.home), { recursive: true, force: true });
    },
  };
};
