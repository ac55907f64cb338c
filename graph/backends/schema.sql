-- Schema of the embedded store. Column names are the property names in Neo4j.
-- Ids of entities, documents and claims are text (graph/ids.py). Empty text means unknown; NULL means none.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,            -- order of first appearance in this store
    title TEXT NOT NULL,
    number TEXT,
    date TEXT NOT NULL,
    issuer TEXT NOT NULL,
    programme TEXT NOT NULL,
    region TEXT NOT NULL,
    status TEXT NOT NULL,
    options TEXT NOT NULL,           -- JSON object
    receipt TEXT NOT NULL,           -- JSON, as the contract has it
    added TEXT NOT NULL,
    -- Date from which a successor replaces it: empty while in force. Kept here (from supersedes) so that
    -- every query filters claims in force by one comparison.
    -- An illustrative successor replaces only illustrative documents; '0001-01-01' where it bears no date.
    superseded_on TEXT NOT NULL DEFAULT '',
    fingerprint TEXT NOT NULL        -- of the reading last written: an equal one changes nothing
);
CREATE INDEX document_programme ON document (programme);
CREATE TABLE supersedes (
    source TEXT NOT NULL, target TEXT NOT NULL,  -- the target may not be stored (yet)
    seq INTEGER NOT NULL,                        -- order in which the successor names them
    PRIMARY KEY (source, target)
) WITHOUT ROWID;
CREATE INDEX supersedes_target ON supersedes (target);

CREATE TABLE file (
    document TEXT NOT NULL, seq INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,
    content BLOB NOT NULL,           -- ingest's JSON, zlib
    PRIMARY KEY (document, seq)
);
CREATE INDEX file_sha256 ON file (sha256);
CREATE TABLE source_table (
    document TEXT NOT NULL, number INTEGER NOT NULL,
    content BLOB NOT NULL,           -- graph.tables.dump_table as JSON, zlib
    PRIMARY KEY (document, number)
);
CREATE TABLE problem (
    document TEXT NOT NULL, seq INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
    table_no INTEGER, row_no INTEGER, column_no INTEGER, message TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (document, seq)
) WITHOUT ROWID;

CREATE TABLE entity (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, region TEXT NOT NULL,
    rank TEXT NOT NULL,              -- official order, '~' when there is none, so that it sorts last
    -- Where documents name it first (date, document, place), '~' where none does: sorts as text, whatever
    -- the order in which documents came in. Kept here (from mention) so that every query orders by a column.
    seq TEXT NOT NULL,
    details TEXT NOT NULL            -- JSON object
);
CREATE INDEX entity_type ON entity (type, rank);
CREATE INDEX entity_name ON entity (name);
-- Every name by which an entity is found, with its keys (graph/search_keys.py).
CREATE TABLE name (
    entity TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, folded TEXT NOT NULL, pinyin TEXT NOT NULL,
    initials TEXT NOT NULL, length INTEGER NOT NULL, head TEXT NOT NULL, tail TEXT NOT NULL,
    grams TEXT NOT NULL,
    UNIQUE (entity, text)
);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_pinyin ON name (pinyin);
CREATE INDEX name_initials ON name (initials);
CREATE INDEX name_head ON name (head);
CREATE INDEX name_tail ON name (tail);
-- Full text of `grams`: SELECT n.* FROM name_grams g JOIN name n ON n.rowid = g.rowid
-- WHERE name_grams MATCH '"x5317x4ed1" AND …'. In Neo4j the full-text index `name_grams` (whitespace).
CREATE VIRTUAL TABLE name_grams USING fts5 (grams, content = 'name', tokenize = 'ascii');
CREATE TRIGGER name_inserted AFTER INSERT ON name BEGIN
    INSERT INTO name_grams (rowid, grams) VALUES (new.rowid, new.grams);
END;
CREATE TRIGGER name_deleted AFTER DELETE ON name BEGIN
    INSERT INTO name_grams (name_grams, rowid, grams) VALUES ('delete', old.rowid, old.grams);
END;
CREATE TABLE mention (
    document TEXT NOT NULL, entity TEXT NOT NULL,
    place TEXT NOT NULL,             -- number among the document's mentions, by table and row; padded
    PRIMARY KEY (document, entity)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);
-- Old ids; `entity` may be one that stands no more. An old id that is an entity again answers for itself.
CREATE TABLE alias (old TEXT PRIMARY KEY, entity TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias (entity);

CREATE TABLE claim (
    id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    document TEXT,                   -- NULL: a gazetteer's
    table_no INTEGER, row_no INTEGER, column_no INTEGER,
    text TEXT NOT NULL, term TEXT NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
    citation TEXT
);
CREATE INDEX claim_source ON claim (source, type);
CREATE INDEX claim_target ON claim (target, type);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_type ON claim (type);
-- Which documents brought a gazetteer's claim in: it goes with the last of them.
CREATE TABLE background (
    document TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (document, claim)
) WITHOUT ROWID;
CREATE INDEX background_claim ON background (claim);

CREATE TABLE coverage (
    document TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    text TEXT NOT NULL, table_no INTEGER, row_no INTEGER, column_no INTEGER, status TEXT NOT NULL
);
CREATE INDEX coverage_document ON coverage (document, kind);
CREATE INDEX coverage_unit ON coverage (unit);
CREATE INDEX coverage_kind ON coverage (kind);

CREATE TABLE candidate (
    id TEXT NOT NULL, document TEXT NOT NULL, table_no INTEGER NOT NULL, row_no INTEGER NOT NULL,
    column_no INTEGER NOT NULL, printed TEXT NOT NULL, scope TEXT NOT NULL, entity TEXT NOT NULL,
    text TEXT NOT NULL, choices TEXT NOT NULL,
    PRIMARY KEY (id, document, table_no, row_no, column_no)
) WITHOUT ROWID;
CREATE INDEX candidate_entity ON candidate (entity);
CREATE TABLE decision (
    candidate TEXT PRIMARY KEY, printed TEXT NOT NULL, scope TEXT NOT NULL, entity TEXT,
    user TEXT NOT NULL, decided TEXT NOT NULL
) WITHOUT ROWID;
