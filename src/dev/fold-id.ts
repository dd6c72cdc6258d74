import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What an incident is folded with, and whatever that imports. */
const ROOMS = ['incident', 'model', 'base'];
const FILES = ['app/folding.ts', 'app/history.ts', 'app/remembering.ts', 'projections/privileged.ts'];

/** Another word as soon as a line of the fold is another one: a snapshot that was made before is then not used. */
export function foldId(root: string): string {
  const src = join(root, 'src');
  const inRooms = ROOMS.flatMap((room) =>
    readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(src, room, name)),
  );
  const sum = createHash('sha256');
  for (const path of [...inRooms, ...FILES.map((name) => join(src, name))].toSorted())
    sum
      .update(`${relative(src, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return sum.digest('hex').slice(0, 32);
}
