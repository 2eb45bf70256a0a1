-- 原則第2土曜日: days that are the rule and are not promised. Rows read before keep what was made of them.
ALTER TABLE schedule ADD COLUMN usually INTEGER NOT NULL DEFAULT 0;
