import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Firebreak, Peer } from './peer.ts';

/**
 * Whether a calendar library that is not ours reads the deadlines: each an event of its own with its moment in UTC and its alarms, and the
 * same event again with a higher number once its clock has moved. The control: it refuses half a file.
 */
export function calendarPeer(firebreak: Firebreak, work: string): Peer {
  const home = join(work, 'calendar');
  mkdirSync(home, { mode: 0o700 });
  const run = firebreak(home);
  run('declare', 'leaked-whatsapp-token', '--title', 'A token leaked');
  const written = (name: string): string => {
    const path = join(home, `${name}.ics`);
    run('export', '--format', 'ics', '--out', path);
    return path;
  };
  const first = written('first');
  run('fact', 'aware', '--', '-10m');
  const second = written('second');
  const half = join(home, 'half.ics');
  const whole = readFileSync(first, 'utf8');
  writeFileSync(half, whole.slice(0, Math.floor(whole.length / 2)));
  return {
    name: 'calendar',
    checks: {
      'python-icalendar reads each deadline, in UTC, with alarms': python(DEADLINES, first),
      'a clock that moved is the same event with a higher number': python(MOVED, first, second),
    },
    controls: {
      'python-icalendar refuses half a file': !python(DEADLINES, half),
      'a clock that did not move is no change': !python(MOVED, first, first),
    },
  };
}

const READ = `
import sys, icalendar
def events(path):
    calendar = icalendar.Calendar.from_ical(open(path, 'rb').read())
    return {str(e['UID']): e for e in calendar.walk('VEVENT')}
`;
const DEADLINES = `${READ}
found = events(sys.argv[1])
assert len(found) > 0 and any(uid.startswith('gdpr.33-1.') for uid in found)
for event in found.values():
    assert event['DTSTART'].dt.utcoffset().total_seconds() == 0 and not event.errors
alarms = [a for e in found.values() for a in e.walk('VALARM')]
assert len(alarms) > 0 and all(a['TRIGGER'].dt.total_seconds() <= 0 for a in alarms)
`;
const MOVED = `${READ}
before, after = events(sys.argv[1]), events(sys.argv[2])
assert set(before) <= set(after)
uid = next(u for u in before if u.startswith('gdpr.33-1.'))
assert int(after[uid]['SEQUENCE']) > int(before[uid]['SEQUENCE'])
`;

/** Debian's own python, which is the one that has the package. */
const python = (code: string, ...paths: readonly string[]): boolean =>
  spawnSync('/usr/bin/python3', ['-c', code, ...paths], { stdio: 'ignore' }).status === 0;
