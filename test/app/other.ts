/**
 * Another process on an open incident. `other.ts HOME WORKSPACE ID`: tells what it may do, as lines of JSON; goes on with each
 * line it is sent: `note`, `run`, `take`, `leave`.
 */
import { createInterface } from 'node:readline';
import { walledProcesses } from '../../src/io/process.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { World } from '../../src/engine/world.ts';
import { rigApp } from '../rig/app.ts';

const [home = '', workspace = '', id = ''] = process.argv.slice(2);
const world: World = {
  drill: false,
  clock: systemClock(),
  random: systemRandom(),
  processes: walledProcesses(new Set()),
  secrets: drillSecrets(() => 'none'),
  wall: 'loopback-only',
  baseUrl: () => null,
};
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const app = await rigApp({ home, workspace, live: world, actor: 'ben' });
let incident = await app.open(id);
say({ readOnly: incident.view().readOnly });
for await (const wanted of createInterface({ input: process.stdin })) {
  try {
    if (wanted === 'note') await incident.act({ do: 'note', text: 'Seen from the second desk' });
    if (wanted === 'correct')
      await incident.act({
        do: 'correct',
        fact: 'leaked-token',
        answer: { is: 'items', ids: ['lrh-legacy-su'] },
        reason: 'The other one',
      });
    if (wanted === 'run') await incident.run(await incident.prepare('stop-webhooks'), { yes: true });
    if (wanted === 'take') {
      await incident.leave();
      incident = await app.open(id, { takeOver: true });
    }
    if (wanted === 'leave') break;
    say({ did: wanted, readOnly: incident.view().readOnly });
  } catch (error) {
    say({ refused: error instanceof Error ? error.message : String(error) });
  }
}
await app.close();
process.exit(0);
