-- Version 3 of the register.
ALTER TABLE renditions ADD COLUMN place TEXT NOT NULL DEFAULT ''; -- its source, from the folder of the register on; '': not known
CREATE TABLE division (
    parts INTEGER NOT NULL -- of how many parts of a batch this is the register of one; no row: of none
);
