-- Linking: which rows speak of one place, what a person should look at, and what became of rows that are no longer
-- listed. All of it is derived, but link_past, which remembers under which ids a row's place was shown.

-- A place as a row in force states it, with what linking compares. `place_id` is what the row would be alone, `site_id`
-- the site it is at.
CREATE TABLE stated_place (
    row_id            INTEGER PRIMARY KEY REFERENCES source_row,
    list_id           INTEGER NOT NULL REFERENCES list,
    key               TEXT NOT NULL,
    unit              TEXT NOT NULL,
    place_id          INTEGER NOT NULL REFERENCES entity,
    site_id           INTEGER NOT NULL REFERENCES entity,
    organization_id   INTEGER REFERENCES entity,
    is_public         INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    is_stale          INTEGER NOT NULL CHECK (is_stale IN (0, 1)),
    name              TEXT NOT NULL,
    municipality      TEXT NOT NULL,
    municipality_name TEXT NOT NULL,
    address           TEXT NOT NULL,
    organization      TEXT NOT NULL,
    phones            TEXT NOT NULL,
    lon               REAL,
    lat               REAL
);
CREATE INDEX stated_place_by_unit ON stated_place (unit);
CREATE INDEX stated_place_by_site ON stated_place (site_id);
CREATE INDEX stated_place_by_organization ON stated_place (organization_id);
CREATE INDEX stated_place_by_place ON stated_place (place_id);
CREATE INDEX stated_place_linked ON stated_place (place_id, site_id) WHERE place_id <> site_id;

-- Pairs that may be one place and were not linked.
CREATE TABLE doubtful_pair (
    a         INTEGER NOT NULL REFERENCES entity,
    b         INTEGER NOT NULL REFERENCES entity,
    unit      TEXT NOT NULL,
    total     REAL NOT NULL,
    reason    TEXT NOT NULL, -- JSON: en, ja, objection
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX doubtful_pair_by_unit ON doubtful_pair (unit);

-- Sites a row was at before: their ids lead to where it is now.
CREATE TABLE link_past (
    list_id   INTEGER NOT NULL REFERENCES list,
    key       TEXT NOT NULL,
    entity_id INTEGER NOT NULL REFERENCES entity,
    PRIMARY KEY (list_id, key, entity_id)
) WITHOUT ROWID;
CREATE INDEX link_past_by_entity ON link_past (entity_id);

-- Rows of standing editions that the edition in force no longer has: stale where no complete edition has said so since,
-- else gone, since that import.
CREATE TABLE row_past (
    row_id    INTEGER PRIMARY KEY REFERENCES source_row,
    list_id   INTEGER NOT NULL REFERENCES list,
    state     TEXT NOT NULL CHECK (state IN ('stale', 'gone')),
    import_id INTEGER NOT NULL REFERENCES import
);
CREATE INDEX row_past_by_list ON row_past (list_id);

-- One service of several lists: those of the others are shown as the best list's, whose unknown fields they fill.
ALTER TABLE service ADD COLUMN shown_as INTEGER;
ALTER TABLE service ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
CREATE INDEX service_by_shown ON service (shown_as) WHERE shown_as IS NOT NULL;
