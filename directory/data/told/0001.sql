-- The first form of the file of who told us something and waits for an answer. Days are days since 1 January 1970. Who told
-- it and how to answer are deleted some time after the answer; nothing of it is in the store or in any edition.

CREATE TABLE told (
    told_id      INTEGER PRIMARY KEY AUTOINCREMENT,
    owner        TEXT NOT NULL,           -- whose steward answers: a municipality's code
    kind         TEXT NOT NULL,           -- find, report
    ref          TEXT NOT NULL,           -- of a find the name of its list, of a report its number
    about        TEXT NOT NULL,           -- what it was about, for the list of answers that are owed
    teller       TEXT NOT NULL,           -- who told us
    way          TEXT NOT NULL,           -- how to answer them
    day          INTEGER NOT NULL,        -- when they told us
    answered_day INTEGER,                 -- NULL: not yet
    UNIQUE (owner, kind, ref)
);
CREATE INDEX told_waiting ON told (owner, told_id) WHERE answered_day IS NULL;
CREATE INDEX told_answered ON told (answered_day) WHERE answered_day IS NOT NULL;
