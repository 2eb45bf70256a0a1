-- What people find their way by: stations, schools, halls and postal codes.
CREATE TABLE landmark (
    row_id            INTEGER PRIMARY KEY REFERENCES source_row,
    list_id           INTEGER NOT NULL REFERENCES list,
    kind              TEXT NOT NULL CHECK (kind IN ('station', 'school', 'facility', 'postal_code')),
    name              TEXT NOT NULL,
    kana              TEXT NOT NULL,
    detail            TEXT NOT NULL,
    municipality      TEXT NOT NULL,
    municipality_name TEXT NOT NULL,
    lon               REAL,
    lat               REAL,
    accuracy_m        REAL NOT NULL,
    CHECK ((lon IS NULL) = (lat IS NULL))
);
CREATE INDEX landmark_by_list ON landmark (list_id);
