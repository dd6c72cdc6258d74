/** Why the disk, the database or a key file refused. Command-line exit code 13, except `corrupt`, which is 9. */
export type StorageCode =
  | 'full' // no space left
  | 'read-only' // the file or its file system cannot be written
  | 'locked' // another process held the database for longer than the time-out
  | 'io' // the operating system reported a read or write error
  | 'corrupt' // not a database, a damaged one, or a journal that contradicts itself
  | 'missing' // no such file
  | 'exists' // would overwrite
  | 'network-filesystem' // NFS, SMB, sshfs and the like: locks and fsync are not to be relied on
  | 'permissions' // others can read a private file, or it is a link, or not ours
  | 'too-large' // over the stated limit
  | 'wrong-key' // the device key or data key here is not the one this journal was made with
  | 'newer' // a later firebreak made it
  | 'sealed'; // a private field was to be written and no key is at hand

/** Storage said no. `path` is the file; `landed` is set after a failed commit: were the entries found afterwards? */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageCode;
  readonly path: string;
  readonly landed: boolean | null;

  constructor(
    code: StorageCode,
    path: string,
    why: string,
    more: Readonly<{ cause?: unknown; landed?: boolean }> = {},
  ) {
    super(why, more.cause === undefined ? {} : { cause: more.cause });
    this.code = code;
    this.path = path;
    this.landed = more.landed ?? null;
  }
}
