-- The first form of the file of seeds and needs. Days are days since 1 January 1970; an empty text and NULL are "not stated",
-- never zero and never none. Lists are parted by ';'. Ids are random: one that counts up would tell how many others there are.

CREATE TABLE seed (
    seed_id      TEXT PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('offer', 'want')),
    owner        TEXT NOT NULL,    -- the municipality whose staff entered it
    key          TEXT NOT NULL,    -- its number in that municipality's own list; '' where it has none
    organization TEXT NOT NULL,    -- of an offer: who would take it on
    site         TEXT NOT NULL,    -- of an offer: the public id of the place it would start from
    programmes   TEXT NOT NULL,
    areas        TEXT NOT NULL,    -- codes of prefectures and municipalities, "layer:code" of districts
    within_m     INTEGER,          -- of an offer: so far from its site
    amount       INTEGER,
    unit         TEXT NOT NULL,
    starts       INTEGER,
    weekdays     INTEGER NOT NULL, -- a bit a day, Monday the lowest; 0: not stated
    nights       TEXT NOT NULL,
    from_age     INTEGER,
    to_age       INTEGER,
    contracts    TEXT NOT NULL,
    fee_yen      INTEGER,
    fee_per      TEXT NOT NULL,
    terms        TEXT NOT NULL,
    contact      TEXT NOT NULL,    -- a department or a role, never a person
    phone        TEXT NOT NULL,
    mail         TEXT NOT NULL,
    note         TEXT NOT NULL,
    source       TEXT NOT NULL,
    as_of        INTEGER NOT NULL,
    until        INTEGER,          -- the last day on which it holds
    sharing      TEXT NOT NULL,
    state        TEXT NOT NULL,
    class        TEXT NOT NULL,    -- whose eyes it is for among them: staff, or coordinators alone
    version      INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX seed_of_owner ON seed (owner, kind, key);

CREATE TABLE asking (
    asking_order INTEGER PRIMARY KEY AUTOINCREMENT, -- never told
    asking_id    TEXT NOT NULL UNIQUE,
    owner        TEXT NOT NULL,    -- the municipality that noted it
    want         TEXT NOT NULL REFERENCES seed (seed_id),
    offer        TEXT REFERENCES seed (seed_id), -- NULL: somebody of whom nothing is offered
    organization TEXT NOT NULL,    -- who was asked
    asked_by     TEXT NOT NULL,    -- the department or role that asked
    asked_on     INTEGER NOT NULL,
    answer       TEXT NOT NULL,
    reason       TEXT NOT NULL,    -- of an answer that declines
    words        TEXT NOT NULL,
    class        TEXT NOT NULL,
    answered_on  INTEGER           -- NULL: no answer yet
);
CREATE INDEX asking_of_want ON asking (want);
CREATE INDEX asking_of_owner ON asking (owner);
