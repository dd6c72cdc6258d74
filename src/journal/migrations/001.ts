/**
 * The tables of a journal. `entry.leaf` holds the signed bytes, `entry.n` their index. The triggers keep our own code
 * from changing what was written; they do not stop a person with the file, the hashes and signatures show that.
 * `node` holds levels 1 and up of the tree: level 0 is `entry.hash`.
 * A file holds one log, and every key of the tables that grow with it is a number that grows: a commit then touches the
 * last page of each, and the disk is what an entry waits for. Keys of `node` and `blob` are made in rows.ts.
 */
export const migration001 = `
CREATE TABLE entry (
  log TEXT NOT NULL,
  n INTEGER PRIMARY KEY CHECK (n >= 0),
  leaf BLOB NOT NULL CHECK (length(leaf) <= 65535),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TABLE node (
  id INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level > 0),
  idx INTEGER NOT NULL CHECK (idx >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE checkpoint (
  log TEXT NOT NULL,
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL
) STRICT;

CREATE TABLE cosig (
  log TEXT NOT NULL,
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (log, size, name)
) STRICT;

CREATE TABLE anchor (
  log TEXT NOT NULL,
  size INTEGER NOT NULL,
  kind TEXT NOT NULL,
  receipt BLOB NOT NULL,
  PRIMARY KEY (log, size, kind)
) STRICT;

CREATE TABLE dek (
  id TEXT NOT NULL PRIMARY KEY,
  class TEXT NOT NULL,
  wrapped BLOB,
  kek TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'destroyed')),
  CHECK ((state = 'destroyed') = (wrapped IS NULL))
) STRICT;
CREATE INDEX dek_by_class ON dek (class, state);

CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  ct TEXT NOT NULL,
  dek TEXT NOT NULL,
  data BLOB
) STRICT;

CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  pid INTEGER NOT NULL,
  boot TEXT NOT NULL,
  since INTEGER NOT NULL,
  beat TEXT NOT NULL
) STRICT;
`;
