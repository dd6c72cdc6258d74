import { formatDistance, HOUR } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { usualBackup } from '../model/backup.ts';
import type { Company } from '../model/company.ts';
import { copiesIn } from './backing.ts';
import type { Files } from '../io/files.ts';
import type { Finding } from './contract.ts';

/** Whether the copies that the workspace wants are there: looked for where they should lie, whatever the tool remembers. */
export const backupFindings = (
  files: Files,
  { backup }: Pick<Company, 'backup'>,
  open: readonly string[],
  now: Instant,
): readonly Finding[] => {
  if (backup === undefined) return [];
  const { folder, every_hours = usualBackup.every_hours } = backup;
  const what = 'backup';
  if (files.info(folder) === null)
    return [
      { what, state: 'broken', detail: `there is no ${folder}`, fix: 'mount it, or name another folder' },
    ];
  const late = open.flatMap((id) => {
    const newest = copiesIn(files, folder, id).at(-1)?.at ?? null;
    const age = newest === null ? null : now - newest;
    if (age !== null && age <= 2 * every_hours * HOUR) return [];
    return [age === null ? `${id} has no copy` : `the copy of ${id} is ${formatDistance(-age)} old`];
  });
  if (late.length === 0) return [{ what, state: 'ok', detail: folder, fix: '' }];
  return [
    {
      what,
      state: 'warning',
      detail: late.join('; '),
      fix: 'copies are made while an incident is open: firebreak resume, or firebreak journal backup',
    },
  ];
};
