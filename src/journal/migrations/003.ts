/**
 * How far each receiver of events has been sent this journal: entries 0 to `next`-1 were taken there. It is no entry, because it
 * says nothing of the incident, and it goes with a copy of the file, so that whoever restores one knows what is still to be sent.
 */
export const migration003 = `
CREATE TABLE shipped (
  target TEXT NOT NULL PRIMARY KEY,
  next INTEGER NOT NULL CHECK (next >= 0),
  at INTEGER,
  failures INTEGER NOT NULL,
  since INTEGER,
  tried INTEGER,
  fault TEXT,
  detail TEXT
) STRICT;
`;
