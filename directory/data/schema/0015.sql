-- Which section of the town hall answers for a service (所管課). Rows that came before say nothing of it.
ALTER TABLE service ADD COLUMN department TEXT NOT NULL DEFAULT '';
