-- What the columns of a table are called: the cells of its rows are kept as they stand, in the order of these.
CREATE TABLE source_header (
    import_id INTEGER NOT NULL,
    list_id   INTEGER NOT NULL,
    file      TEXT NOT NULL,
    sheet     TEXT NOT NULL,
    columns   TEXT NOT NULL, -- JSON array
    PRIMARY KEY (import_id, list_id, file, sheet),
    FOREIGN KEY (import_id, list_id) REFERENCES list_edition
) WITHOUT ROWID;
