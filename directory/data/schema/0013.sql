-- Hidden rows stand at places of their own class, and what they were linked to is none of the public's former ids: such
-- a store's resources are derived anew, once.
UPDATE OR REPLACE link SET role = 'hidden site' WHERE role = 'site'
    AND (list_id, key) IN (SELECT list_id, key FROM stated_place WHERE is_public = 0)
    AND (list_id, key) NOT IN (SELECT list_id, key FROM stated_place WHERE is_public = 1);
DELETE FROM stated_place WHERE (SELECT count(*) FROM stated_place WHERE is_public = 0) > 0;
