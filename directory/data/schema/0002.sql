-- Districts without polygons of their own: what they are made of, and the addresses that belong to a district. Both follow
-- from source rows like everything derived.

ALTER TABLE district ADD COLUMN valid_from TEXT;
ALTER TABLE district ADD COLUMN valid_to TEXT;

-- The area of a district with members is the union of theirs, drawn again whenever one of them changes.
CREATE TABLE district_member (
    district_id  INTEGER NOT NULL REFERENCES district ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    layer        TEXT NOT NULL,
    municipality TEXT NOT NULL,
    name         TEXT NOT NULL,
    member_id    INTEGER, -- the district it is; none where nobody has imported it, or several have the name
    PRIMARY KEY (district_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE district_address (
    district_id INTEGER NOT NULL REFERENCES district ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    rule        TEXT NOT NULL,
    PRIMARY KEY (district_id, ordinal)
) WITHOUT ROWID;
