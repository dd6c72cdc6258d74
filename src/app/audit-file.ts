import { basename, join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { visibleJson } from '../base/text.ts';
import type { AuditDoor, AuditFormat, AuditReport } from './audit-contract.ts';
import { sarif } from './audit-formats.ts';
import { paths } from './base.ts';
import type { Base } from './base.ts';

/** A report of an audit as a file of its own: nothing that is there already is written over. */
export const saveAudit = (
  { files, home, tool }: Pick<Base, 'files' | 'home' | 'tool'>,
  report: AuditReport,
  format: AuditFormat,
  out: string | null,
): ReturnType<AuditDoor['save']> => {
  const folder = out ?? paths(home).exports;
  if (out === null) files.privateDir(folder);
  const stamp = formatUtc(report.at).slice(0, 19).replaceAll(/[-:]/g, '');
  const inside = out === null || files.info(folder)?.kind === 'folder';
  const path = inside ? join(folder, `audit-${stamp}Z.${format}`) : folder;
  const shown =
    format === 'json'
      ? { schema: 'firebreak.audit/v1', ...report }
      : sarif(report, { version: basename(tool), practice: false });
  if (!files.writeNew(path, `${visibleJson(JSON.stringify(shown))}\n`))
    throw new Problem('usage', { why: `there is a ${path} already; name another file` });
  return { path };
};
