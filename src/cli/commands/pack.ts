import { isAbsolute, join } from 'node:path';
import type { PackReport } from '../../app/contract.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';

const VALIDATION = 3;

export const verify: Run = async (context, input) => {
  const app = await context.app('definitions');
  const report = await app.packCheck(folderOf(context, input));
  tell(context, report);
  return report.signer === null ? VALIDATION : 0;
};

export const add: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app('definitions');
  const report = await app.packAdd(folderOf(context, input));
  tell(context, report);
  context.print.say('Added, pinned by its hash in packs.lock.json. Next: firebreak runbook lint');
  return 0;
};

export const list: Run = async (context) => {
  const packs = await (await context.app('definitions')).packs();
  if (context.print.json) context.print.object('pack-list', { packs });
  else
    context.print.table(
      ['PACK', 'VERSION', 'SIGNED BY', 'MANIFEST SHA-256'],
      packs.map(({ name, version, signer, why, sha256 }) => [
        name,
        version,
        signer ?? `UNSIGNED: ${why}`,
        sha256,
      ]),
    );
  return 0;
};

export const write: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const app = await context.app('definitions');
  const written = app.packWrite(folderOf(context, input), input.arg(1), input.arg(2));
  if (context.print.json) context.print.object('pack-written', written);
  else context.print.line(`${written.path} sha256 ${written.sha256}`);
  context.print.say(`Sign it: ssh-keygen -Y sign -n firebreak-pack -f KEY ${written.path}`);
  return 0;
};

function tell({ print }: Context, report: PackReport): void {
  if (print.json) {
    print.object('pack-report', { ...report, signed: report.signer !== null });
    return;
  }
  const { name, version, sha256, signer, why, files } = report;
  print.line(`${name} ${version}: ${signer === null ? `UNSIGNED: ${why}` : `signed by ${signer}`}`);
  print.line(`manifest sha256 ${sha256}`);
  for (const file of files) print.line(`  ${file}`);
}

function folderOf({ world }: Context, input: Input): string {
  const given = input.arg(0);
  return isAbsolute(given) ? given : join(world.environment.cwd, given);
}
