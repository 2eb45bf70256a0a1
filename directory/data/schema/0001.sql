-- The first form of the store. Geometry columns and spatial indexes are added by SpatiaLite functions at the end, so that
-- QGIS and ogrinfo open the file as it is. What a municipality's lists say stands in list … source_row; everything under
-- "derived" is made from it and can be made again.

CREATE TABLE store_secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

-- One run of `shirube import`. Undone imports stay in the history.
CREATE TABLE import (
    import_id INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    layer     TEXT NOT NULL,
    at        TEXT NOT NULL,
    files     TEXT NOT NULL,
    report    TEXT NOT NULL,
    undone_at TEXT
);

CREATE TABLE list (
    list_id INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    layer   TEXT NOT NULL,
    UNIQUE (kind, name)
);

-- What one import said a list holds. The newest one that is not undone is in force.
CREATE TABLE list_edition (
    import_id INTEGER NOT NULL REFERENCES import,
    list_id   INTEGER NOT NULL REFERENCES list,
    profile   TEXT NOT NULL,
    publisher TEXT NOT NULL,
    source    TEXT NOT NULL,
    licence   TEXT NOT NULL,
    as_of     TEXT NOT NULL,
    PRIMARY KEY (import_id, list_id)
) WITHOUT ROWID;
CREATE INDEX list_edition_by_list ON list_edition (list_id, import_id);

CREATE TABLE claim (
    import_id    INTEGER NOT NULL,
    list_id      INTEGER NOT NULL,
    programme    TEXT NOT NULL,
    municipality TEXT NOT NULL,
    complete     INTEGER NOT NULL CHECK (complete IN (0, 1)),
    PRIMARY KEY (import_id, list_id, programme, municipality),
    FOREIGN KEY (import_id, list_id) REFERENCES list_edition
) WITHOUT ROWID;

-- The edition of each list that is in force.
CREATE TABLE current_edition (
    list_id   INTEGER PRIMARY KEY REFERENCES list,
    import_id INTEGER NOT NULL,
    FOREIGN KEY (import_id, list_id) REFERENCES list_edition
);

-- A version of a row, verbatim, and what was understood of it. Never edited, kept for as long as an import speaks of it.
CREATE TABLE source_row (
    row_id  INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES list,
    key     TEXT NOT NULL,
    digest  BLOB NOT NULL,
    cells   TEXT NOT NULL,
    reading TEXT NOT NULL,
    UNIQUE (list_id, key, digest)
);

CREATE TABLE edition_row (
    import_id  INTEGER NOT NULL,
    list_id    INTEGER NOT NULL,
    row_id     INTEGER NOT NULL REFERENCES source_row,
    file       TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    row_number INTEGER NOT NULL,
    flagged    INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    PRIMARY KEY (import_id, list_id, row_id),
    FOREIGN KEY (import_id, list_id) REFERENCES list_edition
) WITHOUT ROWID;
CREATE INDEX edition_row_by_row ON edition_row (row_id);

-- Polygons of a source row, mended where the source's were not valid.
CREATE TABLE source_geometry (
    row_id INTEGER PRIMARY KEY REFERENCES source_row
);

-- Public ids: minted once, never given to another.
CREATE TABLE entity (
    entity_id INTEGER PRIMARY KEY,
    type      TEXT NOT NULL,
    public_id TEXT NOT NULL UNIQUE
);

-- "This row speaks of that entity", with the reason. Survives undo, so that a row that comes back is the same entity.
CREATE TABLE link (
    list_id   INTEGER NOT NULL REFERENCES list,
    key       TEXT NOT NULL,
    role      TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity,
    reason    TEXT NOT NULL,
    PRIMARY KEY (list_id, key, role)
) WITHOUT ROWID;
CREATE INDEX link_by_entity ON link (entity_id);

-- Derived.

CREATE TABLE organization (
    organization_id  INTEGER PRIMARY KEY REFERENCES entity,
    name             TEXT NOT NULL,
    kind             TEXT NOT NULL,
    corporate_number TEXT NOT NULL
);

CREATE TABLE site (
    site_id           INTEGER PRIMARY KEY REFERENCES entity,
    official_name     TEXT NOT NULL,
    public_name       TEXT NOT NULL,
    kana              TEXT NOT NULL,
    address           TEXT NOT NULL,
    building          TEXT NOT NULL,
    municipality      TEXT NOT NULL,
    municipality_name TEXT NOT NULL,
    position_quality  TEXT NOT NULL,
    accuracy_m        REAL,
    located_by        TEXT NOT NULL
);

CREATE TABLE service (
    service_id        INTEGER PRIMARY KEY REFERENCES entity,
    row_id            INTEGER NOT NULL REFERENCES source_row,
    list_id           INTEGER NOT NULL REFERENCES list,
    site_id           INTEGER NOT NULL REFERENCES site DEFERRABLE INITIALLY DEFERRED,
    organization_id   INTEGER REFERENCES organization DEFERRABLE INITIALLY DEFERRED,
    programme         TEXT NOT NULL,
    visibility        TEXT NOT NULL,
    from_age_months   INTEGER,
    to_age_months     INTEGER,
    stage             TEXT NOT NULL,
    for_whom          INTEGER NOT NULL,
    for_whom_text     TEXT NOT NULL,
    entry             TEXT NOT NULL,
    entry_text        TEXT NOT NULL,
    fee               TEXT NOT NULL,
    fee_text          TEXT NOT NULL,
    transport         TEXT NOT NULL,
    capacity          INTEGER,
    contract          TEXT NOT NULL,
    status            TEXT NOT NULL,
    certainty         TEXT NOT NULL,
    features          INTEGER NOT NULL,
    serves            TEXT NOT NULL,
    usable_by         TEXT NOT NULL,
    phone             TEXT NOT NULL,
    url               TEXT NOT NULL,
    note              TEXT NOT NULL,
    valid_from        TEXT,
    valid_to          TEXT,
    last_confirmed_on TEXT
);
CREATE INDEX service_by_row ON service (row_id);
CREATE INDEX service_by_site ON service (site_id);
CREATE INDEX service_by_organization ON service (organization_id);
CREATE INDEX service_by_list ON service (list_id);

CREATE TABLE schedule (
    service_id    INTEGER NOT NULL REFERENCES service ON DELETE CASCADE,
    ordinal       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    weekdays      INTEGER NOT NULL,
    ordinals      INTEGER NOT NULL,
    months        INTEGER NOT NULL,
    days_of_month INTEGER NOT NULL,
    from_minute   INTEGER,
    to_minute     INTEGER,
    holidays      TEXT NOT NULL,
    venue         TEXT NOT NULL,
    text          TEXT NOT NULL,
    PRIMARY KEY (service_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE district (
    district_id       INTEGER PRIMARY KEY REFERENCES entity,
    list_id           INTEGER NOT NULL REFERENCES list,
    layer             TEXT NOT NULL,
    code              TEXT NOT NULL,
    name              TEXT NOT NULL,
    municipality      TEXT NOT NULL,
    municipality_name TEXT NOT NULL,
    status            TEXT NOT NULL,
    polygons_joined   INTEGER NOT NULL,
    UNIQUE (layer, code)
);

CREATE TABLE population_cell (
    row_id          INTEGER PRIMARY KEY REFERENCES source_row,
    list_id         INTEGER NOT NULL REFERENCES list,
    mesh            TEXT NOT NULL,
    total           INTEGER,
    suppressed_into TEXT NOT NULL
);
CREATE INDEX population_cell_by_mesh ON population_cell (mesh);

CREATE TABLE population_band (
    row_id         INTEGER NOT NULL REFERENCES population_cell ON DELETE CASCADE,
    from_age_years INTEGER NOT NULL,
    to_age_years   INTEGER,
    count          INTEGER,
    PRIMARY KEY (row_id, from_age_years)
);

CREATE TABLE gazetteer_town (
    row_id            INTEGER PRIMARY KEY REFERENCES source_row,
    list_id           INTEGER NOT NULL REFERENCES list,
    prefecture        TEXT NOT NULL,
    municipality      TEXT NOT NULL,
    municipality_name TEXT NOT NULL,
    town              TEXT NOT NULL,
    koaza             TEXT NOT NULL,
    accuracy_m        REAL NOT NULL
);

SELECT AddGeometryColumn('source_geometry', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('site', 'geom', 4326, 'POINT', 'XY');
SELECT AddGeometryColumn('district', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT AddGeometryColumn('population_cell', 'geom', 4326, 'POLYGON', 'XY');
SELECT AddGeometryColumn('gazetteer_town', 'geom', 4326, 'POINT', 'XY');
SELECT CreateSpatialIndex('site', 'geom');
SELECT CreateSpatialIndex('district', 'geom');
SELECT CreateSpatialIndex('population_cell', 'geom');
SELECT CreateSpatialIndex('gazetteer_town', 'geom');
