import { log, timeOf } from '../log.ts';
import type { LogSpec } from '../log.ts';
import { textAt, under } from '../vendor.ts';
import { query, salesforce } from './api.ts';

type Table = Pick<LogSpec, 'name' | 'title' | 'holds' | 'where' | 'memory' | 'blind' | 'plan'> &
  Readonly<{ fields: string; object: string; time: string }>;

const table = ({ fields, object, time, ...about }: Table) =>
  log({
    ...about,
    scopes: ['api'],
    vendor: salesforce,
    first: ({ since, until }, outside) =>
      query(
        outside,
        `SELECT ${fields} FROM ${object} WHERE ${time} >= ${since} AND ${time} < ${until} ORDER BY ${time} ASC`,
      ),
    rows: (json) => under(json, 'records'),
    next: (answer, request) => nextOf(answer, request.path),
    at: (row) => timeOf(textAt(row, time)),
    order: 'oldest-first',
  });

/** Long answers go on under a path of their own, below the one that was asked. */
const nextOf: (answer: Parameters<LogSpec['next']>[0], path: string) => ReturnType<LogSpec['next']> = (
  { json },
  path,
) => {
  const next = textAt(json, 'nextRecordsUrl');
  const base = path.slice(0, path.indexOf('/query') + '/query'.length);
  return next.startsWith(`${base}/`) ? { method: 'GET', path: next } : null;
};

const MONITORING = 'event log files beyond the free ones are part of Event Monitoring (Shield)';

export const logs = [
  table({
    name: 'login-history',
    title: 'login history',
    holds: 'sign-ins of people and of apps',
    where: 'Salesforce Setup > Identity > Login History',
    fields:
      'Id,UserId,LoginTime,LoginType,SourceIp,LoginUrl,Browser,Platform,Status,Application,ClientVersion,ApiType',
    object: 'LoginHistory',
    time: 'LoginTime',
    memory: { least: 180, most: 180, says: 'Salesforce keeps six months' },
    blind: [],
  }),
  table({
    name: 'setup-audit-trail',
    title: 'setup audit trail',
    holds: 'changes of rights, apps and settings',
    where: 'Salesforce Setup > Security > View Setup Audit Trail',
    fields: 'Id,Action,Section,Display,CreatedDate,CreatedById,DelegateUser',
    object: 'SetupAuditTrail',
    time: 'CreatedDate',
    memory: { least: 180, most: 180, says: 'Salesforce keeps 180 days' },
    blind: [],
  }),
  table({
    name: 'event-log-files',
    title: 'list of event log files',
    holds: 'which files of exports, reports and API calls there are, with size and time',
    where: 'Event Log File Browser, or the resource LogFile of each file',
    plan: MONITORING,
    fields: 'Id,EventType,LogDate,LogFileLength,LogFileContentType,Interval,Sequence,CreatedDate,LogFile',
    object: 'EventLogFile',
    time: 'LogDate',
    memory: {
      least: 1,
      most: 365,
      says: 'Salesforce keeps one day without Event Monitoring, 30 days or a year with it',
    },
    blind: ['the content of the files: each lies under the path in its LogFile, and is fetched by hand'],
  }),
];
