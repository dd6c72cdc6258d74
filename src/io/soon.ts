import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * A whole file on its way to the disk while the program goes on. `done` resolves once it is there, after a power cut too, or was given up.
 * Given up before it has taken its place, it never does: what is written there by another way stays.
 */
export type Soon = Readonly<{ done: Promise<void>; giveUp: () => void }>;

const synced = async (path: string, how: 'r' | 'wx', bytes?: Uint8Array): Promise<void> => {
  const file = await open(path, how, 0o600);
  try {
    if (bytes !== undefined) await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Through `temp`, a name beside `path` in `folder` that nobody else has. */
export const replacedSoon = (
  { path, temp, folder }: Readonly<{ path: string; temp: string; folder: string }>,
  bytes: Uint8Array,
): Soon => {
  let wanted = true;
  const gone = (): void => rmSync(temp, { force: true });
  const work = async (): Promise<void> => {
    try {
      await synced(temp, 'wx', bytes);
      // In one turn with the question whether it is still wanted.
      if (wanted) renameSync(temp, path);
    } finally {
      gone();
    }
    if (wanted) await synced(folder, 'r');
  };
  return {
    done: work(),
    giveUp: () => {
      wanted = false;
      gone();
    },
  };
};
