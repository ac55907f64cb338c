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
    superseded_on TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_programme ON document (programme);
CREATE TABLE supersedes (source TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (source, target)) WITHOUT ROWID;
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
    seq INTEGER NOT NULL,            -- order of first appearance in this store
    details TEXT NOT NULL            -- JSON object
);
CREATE INDEX entity_type ON entity (type, rank);
CREATE INDEX entity_name ON entity (name);
CREATE TABLE name (
    entity TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL, folded TEXT NOT NULL,  -- ids.normalise, casefolded
    pinyin TEXT NOT NULL, initials TEXT NOT NULL,
    PRIMARY KEY (entity, text)
) WITHOUT ROWID;
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_pinyin ON name (pinyin);
CREATE INDEX name_initials ON name (initials);
CREATE TABLE mention (document TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (document, entity)) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);
CREATE TABLE alias (old TEXT PRIMARY KEY, entity TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX alias_entity ON alias (entity);

CREATE TABLE claim (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
    document TEXT,                   -- NULL: a gazetteer's
    table_no INTEGER, row_no INTEGER, column_no INTEGER,
    text TEXT NOT NULL, term TEXT NOT NULL, direction TEXT NOT NULL, status TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
    citation TEXT
) WITHOUT ROWID;
CREATE INDEX claim_source ON claim (source, type);
CREATE INDEX claim_target ON claim (target, type);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX claim_type ON claim (type);

CREATE TABLE coverage (
    document TEXT NOT NULL, unit TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
    text TEXT NOT NULL, table_no INTEGER, row_no INTEGER, column_no INTEGER, status TEXT NOT NULL
);
CREATE INDEX coverage_document ON coverage (document);
CREATE INDEX coverage_unit ON coverage (unit);

CREATE TABLE candidate (
    id TEXT NOT NULL, document TEXT NOT NULL, table_no INTEGER NOT NULL, row_no INTEGER NOT NULL,
    column_no INTEGER NOT NULL, printed TEXT NOT NULL, scope TEXT NOT NULL, entity TEXT NOT NULL,
    text TEXT NOT NULL, choices TEXT NOT NULL,
    PRIMARY KEY (id, document, table_no, row_no, column_no)
) WITHOUT ROWID;
CREATE TABLE decision (
    candidate TEXT PRIMARY KEY, printed TEXT NOT NULL, scope TEXT NOT NULL, entity TEXT,
    user TEXT NOT NULL, decided TEXT NOT NULL
) WITHOUT ROWID;
