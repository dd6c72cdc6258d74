import { join } from 'node:path';
import { Problem } from '../../base/problem.ts';
import { StorageError } from '../../io/storage.ts';
import { limits } from '../../model/limits.ts';
import { fileName, NotAnchored, type Place, type Reach } from './place.ts';

/** A folder that lies elsewhere and is mounted here. It is never made: where nothing is mounted, this machine would keep the note. */
export const folderPlace = ({ world, files }: Reach, folder: string): Place => {
  const inDrill = (): void => {
    if (world.drill) throw new Problem('wall', { host: 'the folder of anchors' });
  };
  return {
    kind: 'folder',
    put: (note) => {
      inDrill();
      const file = fileName(note);
      if (files.info(folder)?.kind === undefined)
        throw new NotAnchored('unreachable', `there is no ${folder}: is it mounted?`);
      try {
        files.writeAtomic(join(folder, file), note.note);
      } catch (error) {
        if (error instanceof StorageError) throw new NotAnchored('refused', error.message);
        throw error;
      }
      return Promise.resolve({ place: { file }, proof: null });
    },
    back: {
      is: 'read',
      read: ({ file = '' }) => {
        inDrill();
        if (files.info(folder) === null)
          throw new NotAnchored('unreachable', `there is no ${folder}: is it mounted?`);
        const path = join(folder, file);
        return Promise.resolve(files.info(path) === null ? null : files.readText(path, limits.noteBytesMax));
      },
    },
  };
};
