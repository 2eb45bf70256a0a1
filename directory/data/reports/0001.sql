-- The first form of the file of reports. Days are days since 1 January 1970; nothing here is finer than a day, and nothing
-- tells who wrote.

CREATE TABLE report (
    report_id INTEGER PRIMARY KEY AUTOINCREMENT,
    service   TEXT NOT NULL,    -- its public id
    owner     TEXT NOT NULL,    -- whose steward reads it: a municipality's code; '' where nobody knows
    edition   TEXT NOT NULL,    -- what was read when it was written
    day       INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    text      TEXT NOT NULL,
    outcome   TEXT,             -- NULL: open
    note      TEXT NOT NULL DEFAULT '',
    done_day  INTEGER,
    CHECK ((outcome IS NULL) = (done_day IS NULL))
);
CREATE INDEX report_open ON report (owner, report_id) WHERE outcome IS NULL;
CREATE INDEX report_done ON report (done_day) WHERE outcome IS NOT NULL;

-- What is left of reports whose text was deleted: how many of a kind came to what, by year.
CREATE TABLE past (
    owner   TEXT NOT NULL,
    year    INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    outcome TEXT NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (owner, year, kind, outcome)
) WITHOUT ROWID;
