-- Towns beside cells as places of people, and whose detail each of them holds; figures of need; public holidays.

ALTER TABLE population_cell ADD COLUMN carries TEXT NOT NULL DEFAULT '[]';
ALTER TABLE population_cell ADD COLUMN town TEXT NOT NULL DEFAULT '';
ALTER TABLE population_cell ADD COLUMN town_code TEXT NOT NULL DEFAULT '';
ALTER TABLE population_cell ADD COLUMN municipality TEXT NOT NULL DEFAULT '';
ALTER TABLE population_cell ADD COLUMN lon REAL;
ALTER TABLE population_cell ADD COLUMN lat REAL;
ALTER TABLE population_cell ADD COLUMN accuracy_m REAL;
UPDATE population_cell SET carries =
    coalesce((SELECT json_extract(r.reading, '$.carries') FROM source_row r WHERE r.row_id = population_cell.row_id), '[]');

CREATE TABLE need (
    row_id       INTEGER PRIMARY KEY REFERENCES source_row,
    list_id      INTEGER NOT NULL REFERENCES list,
    indicator    TEXT NOT NULL,
    unit         TEXT NOT NULL,
    layer        TEXT NOT NULL,
    code         TEXT NOT NULL,
    name         TEXT NOT NULL,
    municipality TEXT NOT NULL,
    from_day     TEXT,
    to_day       TEXT,
    value        REAL,
    suppressed   INTEGER NOT NULL CHECK (suppressed IN (0, 1)),
    source       TEXT NOT NULL,
    note         TEXT NOT NULL
);
CREATE INDEX need_by_list ON need (list_id);
CREATE INDEX need_by_indicator ON need (indicator, layer);

CREATE TABLE holiday (
    row_id  INTEGER PRIMARY KEY REFERENCES source_row,
    list_id INTEGER NOT NULL REFERENCES list,
    day     TEXT NOT NULL,
    name    TEXT NOT NULL
);
CREATE INDEX holiday_by_list ON holiday (list_id);
