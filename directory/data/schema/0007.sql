-- Which sites the public may see, from one index alone: every start of a server asks for it.
DROP INDEX service_by_site;
CREATE INDEX service_by_site ON service (site_id, visibility);
