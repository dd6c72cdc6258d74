import type { Log } from '../connector.ts';
import { log, timeOf } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { graph } from './api.ts';

const audit = (name: string, title: string, holds: string, [path, field]: readonly [string, string]): Log =>
  log({
    name,
    title,
    holds,
    scopes: ['AuditLog.Read.All'],
    where: 'Entra admin center > Monitoring & health',
    plan: 'sign-in logs through the API need Entra ID P1 or P2',
    vendor: graph,
    first: ({ since, until }) => ({
      method: 'GET',
      path: `/v1.0/auditLogs/${path}`,
      query: { $filter: `${field} ge ${since} and ${field} lt ${until}` },
    }),
    rows: (json) => under(json, 'value'),
    // Only the query of the link is followed, at the address that we know.
    next: ({ json }, request) => {
      const link = textAt(json, '@odata.nextLink');
      if (!URL.canParse(link)) return null;
      return { ...request, query: Object.fromEntries(new URL(link).searchParams) };
    },
    at: (row) => timeOf(textAt(row, field)),
    order: 'newest-first',
    memory: { least: 7, most: 30, says: 'Entra keeps 7 days, with a premium licence 30' },
    blind: ['what was read in mailboxes and files: the unified audit log of Purview has it'],
  });

export const logs = [
  audit('sign-ins', 'sign-in log', 'sign-ins of people', ['signIns', 'createdDateTime']),
  audit('directory-audits', 'directory audit log', 'changes of rights, apps and consents', [
    'directoryAudits',
    'activityDateTime',
  ]),
];
