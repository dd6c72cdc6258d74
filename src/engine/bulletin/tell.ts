import { join } from 'node:path';
import type { Files } from '../../io/files.ts';
import {
  bulletinModes,
  usualBulletin,
  type Bulletin,
  type BulletinFault,
  type BulletinPlace,
} from '../../model/bulletin.ts';
import { isTrusted, NOT_TRUSTED, postOnBoard, type NotPosted, type Posting } from '../post.ts';
import { writeLine } from './file.ts';

/** Takes one line to the places that are named. In a drill these are its own: its folder, and its simulator of Slack. */

export type Telling = Posting &
  Readonly<{
    files: Files;
    /** Where the file of a drill lies, beside its exports. */
    drillFolder: string;
  }>;

/** `touched`: why nothing may be said in that channel now; null where it may. */
export type LineOf = Readonly<{ name: string; line: string; touched: string | null }>;

export type Told = Readonly<{
  place: BulletinPlace;
  not: Readonly<{ fault: BulletinFault; detail: string }> | null;
}>;

const DRILL_FILE = 'managers.txt';

export const tellPlaces = async (
  telling: Telling,
  bulletin: Bulletin,
  line: LineOf,
): Promise<readonly Told[]> => {
  const { file, slack } = bulletin;
  return await Promise.all([
    ...(file === undefined
      ? []
      : [toFile(telling, bulletin, file, line).then((not): Told => ({ place: 'file', not }))]),
    ...(slack === undefined
      ? []
      : [toSlack(telling, slack, line).then((not): Told => ({ place: 'slack', not }))]),
  ]);
};

const toFile = async (
  telling: Telling,
  { readable_by: by = usualBulletin.readable_by }: Bulletin,
  file: string,
  { name, line }: LineOf,
): Promise<NotPosted | null> => {
  const { world, files, drillFolder } = telling;
  if (!(await isTrusted(telling))) return { fault: 'not-configured', detail: NOT_TRUSTED };
  if (world.drill) files.privateDir(drillFolder);
  const path = world.drill ? join(drillFolder, DRILL_FILE) : file;
  return writeLine(files, { path, mode: bulletinModes[by], name, line });
};

const toSlack = async (
  telling: Telling,
  slack: NonNullable<Bulletin['slack']>,
  { line, touched }: LineOf,
): Promise<Told['not']> =>
  touched === null ? await postOnBoard(telling, slack, plain(line)) : { fault: 'touched', detail: touched };

/** As Slack asks for text that is none of its markup. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
