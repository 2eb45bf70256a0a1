-- A place may be known to another list by the name it goes by in public.
ALTER TABLE stated_place ADD COLUMN public_name TEXT NOT NULL DEFAULT '';
UPDATE stated_place SET public_name = coalesce(
    (SELECT json_extract(r.reading, '$.site.public_name') FROM source_row r WHERE r.row_id = stated_place.row_id), '');
