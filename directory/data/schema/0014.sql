-- Documents that the staff of a municipality write and keep: policies, and what other rules there come to be. They are no
-- list's rows: nothing is derived from them, and an import neither makes nor undoes one.
CREATE TABLE kept_document (
    document_id    TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    municipality   TEXT NOT NULL, -- whose staff keep it
    public_version INTEGER,       -- which version everybody may have; NULL: none
    retired_at     TEXT           -- no longer offered to anybody; its versions stay
);

-- A version is never changed.
CREATE TABLE kept_document_version (
    document_id TEXT NOT NULL REFERENCES kept_document,
    version     INTEGER NOT NULL,
    body        TEXT NOT NULL, -- JSON
    kept_at     TEXT NOT NULL, -- UTC
    kept_by     TEXT NOT NULL, -- the account's name
    PRIMARY KEY (document_id, version)
) WITHOUT ROWID;
CREATE TRIGGER kept_version_is_not_changed BEFORE UPDATE ON kept_document_version BEGIN
    SELECT raise(ABORT, 'a version of a document is only added to');
END;
