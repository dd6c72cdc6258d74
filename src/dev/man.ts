import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manPage } from '../cli/man.ts';
import { tree } from '../cli/tree/index.ts';

/** The day of the newest release; none before the first, and never today: the same tree makes the same page. */
const dayOf = (changelog: string): string => /^## \S+ \((\d{4}-\d{2}-\d{2})\)/m.exec(changelog)?.[1] ?? '';

/** Writes `man/firebreak.1` with the bundle, so that page and program are of one tree. */
export const writeManPage = (root: string): void => {
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<{ version: string }>;
  const day = dayOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  mkdirSync(join(root, 'man'), { recursive: true });
  writeFileSync(join(root, 'man/firebreak.1'), manPage(tree, about.version, day));
};
