-- Blocks of the gazetteer's towns, all of a town's in one value (directory/blocks.hpp): a row a block would be 20 million
-- rows for Japan. Where a gazetteer has blocks alone, the town's point is the middle of them.
ALTER TABLE gazetteer_town ADD COLUMN blocks BLOB;
ALTER TABLE gazetteer_town ADD COLUMN is_middle_of_blocks INTEGER NOT NULL DEFAULT 0;
