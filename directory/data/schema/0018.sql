-- Rows of standing editions that are no longer in force, and that hid a place or what it is called while they were: no
-- tie may tell their names afterwards either.
CREATE TABLE hidden_row_past (
    row_id  INTEGER PRIMARY KEY REFERENCES source_row,
    list_id INTEGER NOT NULL REFERENCES list
);
CREATE INDEX hidden_row_past_by_list ON hidden_row_past (list_id);

-- Where there may be such rows, what is derived of the lists of resources is derived anew, once.
DELETE FROM stated_place WHERE EXISTS (SELECT 1 FROM stated_place WHERE is_public = 0 OR public_name <> '')
    OR EXISTS (SELECT 1 FROM row_past);
