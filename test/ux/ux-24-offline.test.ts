import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newHome, packageRoot } from '../rig/app.ts';

// UX-24: a machine without any network but its own loop plays the first scenario to its end.

const inNothing = (line: string): Readonly<{ status: number | null; stdout: string; stderr: string }> => {
  const home = newHome();
  try {
    return spawnSync('unshare', ['--net', '--map-root-user', 'sh', '-c', line], {
      encoding: 'utf8',
      cwd: home,
      env: {
        PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
        HOME: home,
        FIREBREAK_HOME: join(home, 'data'),
        FIREBREAK_ACTOR: 'ada',
      },
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
const NODE = process.execPath;
const loop = `${NODE} -e 'const {createSocket}=require("node:dgram")' && (ip link set lo up || ifconfig lo up)`;
const canBeCutOff = inNothing(`${loop} && true`).status === 0;

test.runIf(canBeCutOff)(
  'drill A is played and passed without a route to anywhere',
  { timeout: 90_000 },
  () => {
    const program = join(packageRoot, 'bin/firebreak.js');
    const { stdout, stderr, status } = inNothing(
      `${loop} && ! ${NODE} -e 'fetch("https://192.0.2.1").then(() => process.exit(0), () => process.exit(1))' && ${NODE} ${program} drill run leaked-whatsapp-token --auto --json`,
    );
    expect(stderr).not.toMatch(/ENETUNREACH|EAI_AGAIN/);
    expect(status).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}')).toMatchObject({ passed: true });
  },
);
