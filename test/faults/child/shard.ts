/** A part of a scenario that keeps a core busy: `shard.ts SCENARIO TASK` (JSON), its findings as the last line. */
import { writeSync } from 'node:fs';
import { mutationShard, type MutationTask } from '../mutations/mutations.ts';
import { powerShard, type PowerTask } from '../power.ts';
import type { Found } from '../report.ts';
import { mailPowerShard, type MailPowerTask } from '../sending-power.ts';

const work: Readonly<Record<string, (task: unknown) => Found>> = {
  mutations: (task) => mutationShard(task as MutationTask),
  power: (task) => powerShard(task as PowerTask),
  'mail-power': (task) => mailPowerShard(task as MailPowerTask),
};

const [, , name = '', task = 'null'] = process.argv;
const found = work[name]?.(JSON.parse(task));
if (found === undefined) throw new Error(`there is no part ${name}`);
writeSync(1, `${JSON.stringify(found)}\n`);
