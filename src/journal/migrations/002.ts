/**
 * Bulk work. `item` holds the rows of all batches in the order in which they were written, its key being the batch's entry and
 * a count: what was planned, each intent before its request, each outcome after it. Their hashes are the leaves of the roots that
 * the batch's two entries sign. `item_blob` holds what is sealed of them.
 */
export const migration002 = `
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
  log TEXT NOT NULL,
  batch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  leaf BLOB NOT NULL CHECK (length(leaf) <= 65535),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX item_by_place ON item (batch, place);
CREATE TRIGGER item_is_never_changed BEFORE UPDATE ON item
BEGIN SELECT RAISE(ABORT, 'a row of a batch is never changed'); END;
CREATE TRIGGER item_is_never_removed BEFORE DELETE ON item
BEGIN SELECT RAISE(ABORT, 'a row of a batch is never removed'); END;

CREATE TABLE item_blob (
  item INTEGER NOT NULL,
  field INTEGER NOT NULL,
  ct TEXT NOT NULL,
  dek TEXT NOT NULL,
  data BLOB,
  PRIMARY KEY (item, field)
) STRICT, WITHOUT ROWID;
`;
