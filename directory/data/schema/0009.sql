-- SpatiaLite's triggers on the tables of many rows, with the same effect in plain SQL. Its own look for the table's name
-- in every letter case and write the index through a statement that is parsed anew for each row: a quarter of the time of a
-- large import.
DROP TRIGGER ggi_site_geom;
DROP TRIGGER ggu_site_geom;
DROP TRIGGER gii_site_geom;
DROP TRIGGER giu_site_geom;
DROP TRIGGER tmi_site_geom;
DROP TRIGGER tmu_site_geom;
CREATE TRIGGER ggi_site_geom BEFORE INSERT ON site FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POINT' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'site.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER ggu_site_geom BEFORE UPDATE OF geom ON site FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POINT' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'site.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER gii_site_geom AFTER INSERT ON site FOR EACH ROW WHEN NEW.geom IS NOT NULL BEGIN
    INSERT OR REPLACE INTO idx_site_geom (pkid, xmin, xmax, ymin, ymax)
    VALUES (NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom));
END;
CREATE TRIGGER giu_site_geom AFTER UPDATE OF geom ON site FOR EACH ROW BEGIN
    DELETE FROM idx_site_geom WHERE pkid = NEW.rowid;
    INSERT INTO idx_site_geom (pkid, xmin, xmax, ymin, ymax)
    SELECT NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom)
    WHERE NEW.geom IS NOT NULL;
END;
CREATE TRIGGER tmi_site_geom AFTER INSERT ON site FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'site' AND f_geometry_column = 'geom';
END;
CREATE TRIGGER tmu_site_geom AFTER UPDATE ON site FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'site' AND f_geometry_column = 'geom';
END;

DROP TRIGGER ggi_gazetteer_town_geom;
DROP TRIGGER ggu_gazetteer_town_geom;
DROP TRIGGER gii_gazetteer_town_geom;
DROP TRIGGER giu_gazetteer_town_geom;
DROP TRIGGER tmi_gazetteer_town_geom;
DROP TRIGGER tmu_gazetteer_town_geom;
CREATE TRIGGER ggi_gazetteer_town_geom BEFORE INSERT ON gazetteer_town FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POINT' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'gazetteer_town.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER ggu_gazetteer_town_geom BEFORE UPDATE OF geom ON gazetteer_town FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POINT' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'gazetteer_town.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER gii_gazetteer_town_geom AFTER INSERT ON gazetteer_town FOR EACH ROW WHEN NEW.geom IS NOT NULL BEGIN
    INSERT OR REPLACE INTO idx_gazetteer_town_geom (pkid, xmin, xmax, ymin, ymax)
    VALUES (NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom));
END;
CREATE TRIGGER giu_gazetteer_town_geom AFTER UPDATE OF geom ON gazetteer_town FOR EACH ROW BEGIN
    DELETE FROM idx_gazetteer_town_geom WHERE pkid = NEW.rowid;
    INSERT INTO idx_gazetteer_town_geom (pkid, xmin, xmax, ymin, ymax)
    SELECT NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom)
    WHERE NEW.geom IS NOT NULL;
END;
CREATE TRIGGER tmi_gazetteer_town_geom AFTER INSERT ON gazetteer_town FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'gazetteer_town' AND f_geometry_column = 'geom';
END;
CREATE TRIGGER tmu_gazetteer_town_geom AFTER UPDATE ON gazetteer_town FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'gazetteer_town' AND f_geometry_column = 'geom';
END;

DROP TRIGGER ggi_population_cell_geom;
DROP TRIGGER ggu_population_cell_geom;
DROP TRIGGER gii_population_cell_geom;
DROP TRIGGER giu_population_cell_geom;
DROP TRIGGER tmi_population_cell_geom;
DROP TRIGGER tmu_population_cell_geom;
CREATE TRIGGER ggi_population_cell_geom BEFORE INSERT ON population_cell FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POLYGON' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'population_cell.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER ggu_population_cell_geom BEFORE UPDATE OF geom ON population_cell FOR EACH ROW
WHEN NEW.geom IS NOT NULL AND (ST_GeometryType(NEW.geom) = 'POLYGON' AND ST_SRID(NEW.geom) = 4326) IS NOT 1 BEGIN
    SELECT RAISE(ROLLBACK, 'population_cell.geom violates Geometry constraint [geom-type or SRID not allowed]');
END;
CREATE TRIGGER gii_population_cell_geom AFTER INSERT ON population_cell FOR EACH ROW WHEN NEW.geom IS NOT NULL BEGIN
    INSERT OR REPLACE INTO idx_population_cell_geom (pkid, xmin, xmax, ymin, ymax)
    VALUES (NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom));
END;
CREATE TRIGGER giu_population_cell_geom AFTER UPDATE OF geom ON population_cell FOR EACH ROW BEGIN
    DELETE FROM idx_population_cell_geom WHERE pkid = NEW.rowid;
    INSERT INTO idx_population_cell_geom (pkid, xmin, xmax, ymin, ymax)
    SELECT NEW.rowid, MbrMinX(NEW.geom), MbrMaxX(NEW.geom), MbrMinY(NEW.geom), MbrMaxY(NEW.geom)
    WHERE NEW.geom IS NOT NULL;
END;
CREATE TRIGGER tmi_population_cell_geom AFTER INSERT ON population_cell FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'population_cell' AND f_geometry_column = 'geom';
END;
CREATE TRIGGER tmu_population_cell_geom AFTER UPDATE ON population_cell FOR EACH ROW BEGIN
    UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE f_table_name = 'population_cell' AND f_geometry_column = 'geom';
END;
