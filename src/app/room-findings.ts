import { limits } from '../model/limits.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { Finding } from './contract.ts';

/** Whether the disk would take the journal tonight. */
export const roomFindings = ({ files, home }: Pick<Base, 'files' | 'home'>): readonly Finding[] => {
  if (!files.exists(home)) return [];
  const free = files.free(home);
  const what = 'disk';
  const mib = Math.floor(free / (1024 * 1024));
  const kept = files.exists(paths(home).ballast);
  const detail = `${mib} MiB are free at ${home}${kept ? ', and some are kept back' : ''}`;
  if (free < limits.freeBytesMin)
    return [{ what, state: 'broken', detail, fix: 'make room, or move the data folder: FIREBREAK_HOME' }];
  // The space kept back is made with the first journal; before that there is nothing to protect.
  const begun = files.list(paths(home).incidents).length > 0;
  return kept || !begun
    ? [{ what, state: 'ok', detail, fix: '' }]
    : [
        {
          what,
          state: 'warning',
          detail: `${detail}, and none are kept back`,
          fix: 'it is made anew when an incident is next opened',
        },
      ];
};
