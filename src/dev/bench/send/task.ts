import { openHome } from './mailing.ts';

// Sends the letters of a file: `task.ts HOME INCIDENT FILE`. Prints how long that took, and what the whole of it held and worked.

const [, , home = '', id = '', file = ''] = process.argv;
const app = await openHome(home);
const incident = await app.open(id);
const way = { by: 'server', name: null, to: 'list' } as const;
const from = performance.now();
const { taken } = await incident.mail.send({ file, way }, () => undefined, new AbortController().signal);
const ms = performance.now() - from;
await app.close();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({ ms, taken, rssMiB: maxRSS / 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }),
);
