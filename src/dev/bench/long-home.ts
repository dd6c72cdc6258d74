import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LongHome } from './long-incident.ts';
import { rounds, timed, type Case, type Result } from './rounds.ts';

const FLOOR = 'node -e 0';
const PYTHON = "a count by kind in python's sqlite3";

/** The plainest fold there is: every leaf is read and parsed, and its kind counted. */
const FOLD = `
import collections, json, sqlite3, sys
counts = collections.Counter()
for (leaf,) in sqlite3.connect(sys.argv[1]).execute("SELECT CAST(leaf AS TEXT) FROM entry ORDER BY n"):
    counts[json.loads(leaf)["kind"]] += 1
print(sum(counts.values()))
`;

/** What opening costs with the snapshot, and without any. */
export async function opensOf(
  packageRoot: string,
  home: LongHome,
  count: number,
): Promise<readonly Result[]> {
  const snapshot = join(dirname(home.journal), 'fold.snapshot');
  const program = [process.execPath, join(packageRoot, 'bin/firebreak.js')];
  // The writer leaves a snapshot; who only looks does not.
  const write = (): unknown => mustRun([...program, 'note', 'Seen by the duty desk'], home);
  write();
  const cases: readonly Case[] = [
    { name: FLOOR, goal: null, measure: () => timed(() => mustRun([process.execPath, '-e', '0'], home)) },
    {
      name: PYTHON,
      goal: null,
      measure: () => timed(() => mustRun(['python3', '-c', FOLD, home.journal], home)),
    },
    {
      name: 'status --json, from the snapshot',
      floor: FLOOR,
      goal: null,
      measure: () => timed(() => mustRun([...program, 'status', '--json'], home)),
    },
    {
      name: 'status --json, all folded anew',
      floor: PYTHON,
      goal: null,
      measure: () => {
        rmSync(snapshot, { force: true });
        const ms = timed(() => mustRun([...program, 'status', '--json'], home));
        write();
        return ms;
      },
    },
  ];
  return await rounds(cases, count);
}

/** The same bytes in the shape of each format, as the `sqlite3` program writes them. */
const PEERS = {
  jsonl: ['-json', 'SELECT n, CAST(leaf AS TEXT) AS leaf, lower(hex(hash)) AS hash FROM entry ORDER BY n'],
  md: [
    '-list',
    "SELECT '| ' || n || ' | ' || replace(CAST(leaf AS TEXT), '|', '\\\\|') || ' | ' || lower(hex(hash)) || ' |' FROM entry ORDER BY n",
  ],
  csv: ['-csv', 'SELECT n, CAST(leaf AS TEXT) AS leaf, lower(hex(hash)) AS hash FROM entry ORDER BY n'],
} as const;

const PARSED = "python's sqlite3, parsed and a line each";

/** The `sqlite3` program looks into no entry. This one does, as an export has to; what is sealed it leaves, and it says no sentence. */
const LINES = `
import json, sqlite3, sys
out = open(sys.argv[2], "w")
rows = sqlite3.connect(sys.argv[1]).execute("SELECT n, CAST(leaf AS TEXT), lower(hex(hash)) FROM entry ORDER BY n")
for n, leaf, hash in rows:
    entry = json.loads(leaf)
    out.write(json.dumps({"hash": hash, "kind": entry["kind"], "pub": entry["pub"], "seq": n, "at": entry["at"]["wall"]}) + "\\n")
`;

const GOALS = { jsonl: 1, md: 1, csv: 0.6 } as const;

export async function exportsOf(
  packageRoot: string,
  home: LongHome,
  count: number,
): Promise<readonly Result[] | string> {
  if (spawnSync('sqlite3', ['-version']).status !== 0)
    return 'not measured: there is no sqlite3 program on this machine';
  const folder = home.env['HOME'] ?? '.';
  const cases = (['jsonl', 'md', 'csv'] as const).flatMap((format): readonly Case[] => {
    const [mode, sql] = PEERS[format];
    const peer = `sqlite3 ${mode}`;
    const out = join(folder, `out.${format}`);
    let memory = 0;
    return [
      {
        name: peer,
        goal: null,
        measure: () =>
          timed(() =>
            mustRun(['sqlite3', '-cmd', `.output ${join(folder, 'peer')}`, mode, home.journal, sql], home),
          ),
      },
      {
        name: `export --format ${format}`,
        floor: peer,
        goal: { least: GOALS[format] },
        measure: () => {
          rmSync(out, { force: true });
          return timed(() => {
            const args = [join(packageRoot, 'bin/firebreak.js'), 'export', '--format', format, '--out', out];
            memory = Number(mustRun([process.execPath, '--import', MEMORY, ...args], home).stderr) / 1024;
          });
        },
      },
      {
        name: `export --format ${format}, most memory`,
        unit: 'MiB',
        goal: { most: 100 },
        measure: () => memory,
      },
    ];
  });
  return await rounds([...cases, ...parsedBy(packageRoot, home)], count);
}

/** The same export once more, beside a peer that reads what it writes. */
const parsedBy = (packageRoot: string, home: LongHome): readonly Case[] => {
  const folder = home.env['HOME'] ?? '.';
  const out = join(folder, 'lines.jsonl');
  const program = [process.execPath, join(packageRoot, 'bin/firebreak.js')];
  return [
    {
      name: PARSED,
      goal: null,
      measure: () => timed(() => mustRun(['python3', '-c', LINES, home.journal, join(folder, 'peer')], home)),
    },
    {
      name: 'export --format jsonl, beside that',
      floor: PARSED,
      goal: { least: 1 },
      measure: () => {
        rmSync(out, { force: true });
        return timed(() => mustRun([...program, 'export', '--format', 'jsonl', '--out', out], home));
      },
    },
  ];
};

/** Says on stderr how much memory the process held at most, in KiB. */
const MEMORY = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));",
)}`;

function mustRun(
  [command = '', ...args]: readonly string[],
  home: LongHome,
): Readonly<{ stdout: string; stderr: string }> {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    env: home.env,
    cwd: home.env['HOME'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return { stdout, stderr };
}
