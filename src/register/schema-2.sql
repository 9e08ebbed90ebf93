-- Version 2 of the register.
ALTER TABLE renditions ADD COLUMN outdated INTEGER NOT NULL DEFAULT 0; -- 1: the file is of an earlier state: its source is gone, or refused now
ALTER TABLE renditions ADD COLUMN checksum TEXT NOT NULL DEFAULT ''; -- SHA-256 of the other columns
