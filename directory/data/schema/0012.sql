-- Whose hidden rows are whose: staff of one municipality do not see another's, unless both agreed to it.
ALTER TABLE stated_place ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN owner TEXT NOT NULL DEFAULT '';
-- Which of its row's services it is, where the row says something of it for staff alone.
ALTER TABLE service ADD COLUMN staff_part INTEGER;
CREATE INDEX service_for_staff ON service (owner) WHERE visibility <> 'public' OR staff_part IS NOT NULL;

-- Wards go by their designated city; rows that come from now on say it themselves.
UPDATE stated_place SET owner = municipality WHERE is_public = 0;
UPDATE service SET owner = coalesce((SELECT municipality FROM site WHERE site.site_id = service.site_id), '');

-- That staff of one municipality may see what another keeps for its staff.
CREATE TABLE agreement (
    agreement_id INTEGER PRIMARY KEY,
    from_owner   TEXT NOT NULL,    -- whose rows
    to_owner     TEXT NOT NULL,    -- whose staff may see them
    visibility   TEXT NOT NULL,    -- up to which class: staff or coordinator
    since        TEXT NOT NULL,    -- first day
    until        TEXT,             -- last day; null: until it is ended
    said         TEXT NOT NULL,    -- which document says so
    recorded_at  TEXT NOT NULL
);
