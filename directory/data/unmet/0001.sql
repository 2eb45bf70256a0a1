-- The first form of the file of unmet need. A row is a counter and no event: nothing tells when in a month, in which order,
-- by whom or of whom was counted.

CREATE TABLE unmet (
    owner    TEXT NOT NULL,    -- whose caseworkers count: a municipality's code
    month    INTEGER NOT NULL, -- months since January of the year 0
    district TEXT NOT NULL,    -- its code; '' where nobody knows
    band     TEXT NOT NULL,    -- of ages, or parents
    need     TEXT NOT NULL,    -- as the rules of matching call it
    count    INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (owner, month, district, band, need)
) WITHOUT ROWID;
