-- Corrections by hand: what lists of corrections decide, and which services show it. All of it is derived.

CREATE TABLE correction (
    row_id  INTEGER PRIMARY KEY REFERENCES source_row,
    list_id INTEGER NOT NULL REFERENCES list,
    target  TEXT NOT NULL, -- public id
    other   TEXT NOT NULL  -- of a decision on two places, else empty
);
CREATE INDEX correction_by_list ON correction (list_id);
CREATE INDEX correction_by_target ON correction (target);

CREATE TABLE corrected_service (
    service_id INTEGER NOT NULL REFERENCES service ON DELETE CASCADE,
    row_id     INTEGER NOT NULL REFERENCES correction ON DELETE CASCADE,
    list_id    INTEGER NOT NULL REFERENCES list,
    PRIMARY KEY (service_id, row_id)
) WITHOUT ROWID;
CREATE INDEX corrected_service_by_row ON corrected_service (row_id);
CREATE INDEX corrected_service_by_list ON corrected_service (list_id);
