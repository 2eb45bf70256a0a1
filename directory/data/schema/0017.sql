-- Ties between organizations, meetings, and visiting helpers as counts; and on what terms a service is open to others.

-- What residents of another municipality are told beside usable_by: a JSON array, see UseTerms. Rows that came before say
-- nothing of it.
ALTER TABLE service ADD COLUMN use_terms TEXT NOT NULL DEFAULT '[]';

CREATE TABLE relation (
    row_id            INTEGER PRIMARY KEY REFERENCES source_row,
    list_id           INTEGER NOT NULL REFERENCES list,
    public_id         TEXT NOT NULL,
    kind              TEXT NOT NULL,
    from_name         TEXT NOT NULL,
    from_municipality TEXT NOT NULL,
    to_name           TEXT NOT NULL,
    to_municipality   TEXT NOT NULL,
    valid_from        TEXT,
    valid_to          TEXT,
    visibility        TEXT NOT NULL CHECK (visibility IN ('public', 'staff', 'coordinator')),
    owner             TEXT NOT NULL,
    reading           TEXT NOT NULL -- JSON, see RelationReading
);
CREATE INDEX relation_by_list ON relation (list_id);

CREATE TABLE forum (
    row_id       INTEGER PRIMARY KEY REFERENCES source_row,
    list_id      INTEGER NOT NULL REFERENCES list,
    public_id    TEXT NOT NULL,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    municipality TEXT NOT NULL,
    valid_from   TEXT,
    valid_to     TEXT,
    visibility   TEXT NOT NULL CHECK (visibility IN ('public', 'staff', 'coordinator')),
    owner        TEXT NOT NULL,
    reading      TEXT NOT NULL -- JSON, see ForumReading
);
CREATE INDEX forum_by_list ON forum (list_id);

-- Counted by organization, never by person; its municipality's staff alone are told.
CREATE TABLE helper_count (
    row_id       INTEGER PRIMARY KEY REFERENCES source_row,
    list_id      INTEGER NOT NULL REFERENCES list,
    organization TEXT NOT NULL,
    owner        TEXT NOT NULL,
    programme    TEXT NOT NULL,
    layer        TEXT NOT NULL,
    area         TEXT NOT NULL,
    skill        TEXT NOT NULL,
    count        INTEGER,
    reading      TEXT NOT NULL -- JSON, see HelperCountReading
);
CREATE INDEX helper_count_by_list ON helper_count (list_id);
