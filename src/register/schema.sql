-- Version 1 of the register.
CREATE TABLE renditions (
    id          INTEGER PRIMARY KEY, -- grows with every rendition
    current     INTEGER NOT NULL,    -- 0: another file has taken its place
    recorded    TEXT NOT NULL,       -- when it was recorded, UTC, ISO 8601
    output      TEXT NOT NULL,
    symbol      TEXT NOT NULL,       -- all symbols, joined by ", "
    language    TEXT NOT NULL,
    kind        TEXT NOT NULL,
    session     TEXT,
    agenda_item TEXT,
    title       TEXT NOT NULL,
    distribution TEXT NOT NULL,
    date        TEXT,
    adopted     TEXT,
    number      TEXT,
    job         TEXT,
    pages       INTEGER NOT NULL,
    paragraphs  INTEGER NOT NULL,
    notes       INTEGER NOT NULL,
    profile     TEXT NOT NULL,
    source      TEXT NOT NULL,
    source_key  TEXT NOT NULL,
    key         TEXT NOT NULL,
    sha256      TEXT NOT NULL,       -- of the file
    bytes       INTEGER NOT NULL,
    masthead    TEXT NOT NULL,       -- the version that made it
    record      TEXT NOT NULL        -- all of it as JSON, warnings and header too
);
CREATE UNIQUE INDEX current_outputs ON renditions (output) WHERE current = 1;
CREATE INDEX outputs ON renditions (output);
CREATE INDEX sources ON renditions (source_key);

CREATE TABLE symbols (
    rendition INTEGER NOT NULL REFERENCES renditions (id),
    symbol    TEXT NOT NULL
);
CREATE INDEX symbols_by_symbol ON symbols (symbol);
CREATE INDEX symbols_by_rendition ON symbols (rendition);

-- How documents hang together: "symbol relation other", such as A/77/L.1/Rev.1 supersedes A/77/L.1.
CREATE TABLE relations (
    symbol   TEXT NOT NULL,
    relation TEXT NOT NULL,          -- supersedes, belongs-to, corrects, comes-from
    other    TEXT NOT NULL,
    PRIMARY KEY (symbol, relation, other)
) WITHOUT ROWID;
CREATE INDEX relations_by_other ON relations (other);
