"""The Cypher that writes, generated once from the vocabulary: never from input, which is all parameters."""

from __future__ import annotations

from typing import LiteralString, cast

from graph.vocabulary import RELATIONS, TYPES, EntityType, Relation

CLAIM_RELATIONS: tuple[Relation, ...] = tuple(r for r in RELATIONS if r is not Relation.SUPERSEDES)
BACKGROUND_RELATIONS: tuple[Relation, ...] = (Relation.MEMBER_OF, Relation.LOCATED_IN, Relation.FOCUSES_ON)
"""Relations that gazetteers state."""


def _with(template: LiteralString, word: Relation | EntityType) -> LiteralString:
    """`template` with a word of the vocabulary for `§`: a literal, since both are literals of this program."""
    return template.replace("§", cast("LiteralString", word.value))


def _claims_as(template: LiteralString) -> dict[Relation, LiteralString]:
    return {relation: _with(template, relation) for relation in CLAIM_RELATIONS}


_ANY_CLAIM = cast("LiteralString", "|".join(CLAIM_RELATIONS))

SCHEMA: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT store_id IF NOT EXISTS FOR (n:Store) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT programme_name IF NOT EXISTS FOR (n:Programme) REQUIRE n.name IS UNIQUE",
    "CREATE CONSTRAINT alias_old IF NOT EXISTS FOR (n:Alias) REQUIRE n.old IS UNIQUE",
    "CREATE CONSTRAINT decision_candidate IF NOT EXISTS FOR (n:Decision) REQUIRE n.candidate IS UNIQUE",
    *(
        _with("CREATE CONSTRAINT §_id IF NOT EXISTS FOR ()-[r:§]-() REQUIRE r.id IS UNIQUE", relation)
        for relation in RELATIONS
    ),
    *(
        _with("CREATE INDEX §_document IF NOT EXISTS FOR ()-[r:§]-() ON (r.document)", relation)
        for relation in CLAIM_RELATIONS
    ),
    "CREATE INDEX document_programme IF NOT EXISTS FOR (n:Document) ON (n.programme)",
    "CREATE INDEX file_sha256 IF NOT EXISTS FOR (n:File) ON (n.sha256)",
    "CREATE INDEX candidate_id IF NOT EXISTS FOR (n:Candidate) ON (n.id)",
    "CREATE INDEX candidate_entity IF NOT EXISTS FOR (n:Candidate) ON (n.entity)",
    "CREATE INDEX alias_entity IF NOT EXISTS FOR (n:Alias) ON (n.entity)",
    "CREATE INDEX coverage_kind IF NOT EXISTS FOR ()-[r:COVERAGE]-() ON (r.kind)",
    "CREATE INDEX entity_type IF NOT EXISTS FOR (n:Entity) ON (n.type, n.rank)",
    "CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name)",
    "CREATE INDEX name_folded IF NOT EXISTS FOR (n:Name) ON (n.folded)",
    "CREATE INDEX name_pinyin IF NOT EXISTS FOR (n:Name) ON (n.pinyin)",
    "CREATE INDEX name_initials IF NOT EXISTS FOR (n:Name) ON (n.initials)",
    "CREATE INDEX name_head IF NOT EXISTS FOR (n:Name) ON (n.head)",
    "CREATE INDEX name_tail IF NOT EXISTS FOR (n:Name) ON (n.tail)",
    "CREATE FULLTEXT INDEX name_grams IF NOT EXISTS FOR (n:Name) ON EACH [n.grams]"
    " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
)
MAKE_STORE = """
MERGE (s:Store {id: 'store'})
ON CREATE SET s.stamp = $stamp, s.version = 0, s.document_seq = 0
SET s.schema = $schema"""
STORE = "MATCH (s:Store {id: 'store'}) RETURN s.schema AS schema, s.stamp AS stamp, s.version AS version"
LOCK = "MATCH (s:Store {id: 'store'}) SET s.writing = true RETURN s.schema AS schema"
"""One writer at a time: the lock on this node is held until the transaction ends."""
UNLOCK = "MATCH (s:Store {id: 'store'}) REMOVE s.writing SET s.version = s.version + $changed"
TAKE_DOCUMENT = """
MATCH (s:Store {id: 'store'}) SET s.document_seq = s.document_seq + $count
RETURN s.document_seq - $count + 1 AS first"""

FINGERPRINTS = "MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.fingerprint AS fingerprint"
FINGERPRINT = "MATCH (d:Document {id: $document}) RETURN d.fingerprint AS fingerprint"
SAME_AS = "MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id"

CLEAR_CLAIMS = _claims_as(
    """
MATCH (a:Entity)-[r:§ {document: $document}]->(b:Entity)
WITH r, a.id AS source, b.id AS target
DELETE r RETURN DISTINCT source, target"""
)
CLEAR_BACKGROUND: dict[Relation, LiteralString] = {
    relation: _with(
        """
MATCH (d:Document {id: $document}) UNWIND d.background AS claim
MATCH (a:Entity)-[r:§ {id: claim}]->(b:Entity)
SET r.holders = [holder IN r.holders WHERE holder <> $document]
WITH r, a.id AS source, b.id AS target WHERE size(r.holders) = 0
DELETE r RETURN DISTINCT source, target""",
        relation,
    )
    for relation in BACKGROUND_RELATIONS
}
CLEAR_MENTIONS = """
MATCH (:Document {id: $document})-[r:MENTIONS|COVERAGE]->(e:Entity)
WITH r, e.id AS id DELETE r RETURN DISTINCT id"""
CLEAR_PARTS = """
MATCH (:Document {id: $document})-[:HAS_FILE|HAS_TABLE|HAS_PROBLEM|HAS_CANDIDATE]->(n) DETACH DELETE n"""
CLEAR_LINKS = "MATCH (:Document {id: $document})-[r:IN_PROGRAMME|SUPERSEDES]->() DELETE r"
DELETE_DOCUMENT = "MATCH (d:Document {id: $document}) DETACH DELETE d"
DROP_PROGRAMMES = "MATCH (p:Programme) WHERE NOT EXISTS { (p)<-[:IN_PROGRAMME]-() } DELETE p"
SUPERSEDED = "MATCH (d:Document {id: $document}) UNWIND d.supersedes AS target RETURN target"

ORPHANS = (
    """
UNWIND $ids AS id MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)<-[:MENTIONS|COVERAGE]-() } AND NOT EXISTS { (e)-[:"""
    + _ANY_CLAIM
    + """]-() }
RETURN id"""
)
DROP_ENTITIES = """
UNWIND $ids AS id MATCH (e:Entity {id: id}) OPTIONAL MATCH (e)-[:HAS_NAME]->(n:Name)
DETACH DELETE n, e"""
STORED_ENTITIES = """
UNWIND $ids AS id MATCH (e:Entity {id: id})
RETURN e.id AS id, e.type AS type, e.name AS name, e.kind AS kind, e.region AS region, e.rank AS rank,
    e.details AS details, [(e)-[:HAS_NAME]->(n:Name) | [n.text, n.kind]] AS names"""
WRITE_ENTITIES: dict[EntityType, LiteralString] = {
    kind: _with(
        """
UNWIND $rows AS row MERGE (e:Entity {id: row.id}) ON CREATE SET e.seq = '~'
SET e:§, e += row.properties""",
        kind,
    )
    for kind in TYPES
}
CLEAR_NAMES = "UNWIND $ids AS id MATCH (:Entity {id: id})-[:HAS_NAME]->(n:Name) DETACH DELETE n"
WRITE_NAMES = """
UNWIND $rows AS row MATCH (e:Entity {id: row.entity}) CREATE (e)-[:HAS_NAME]->(n:Name) SET n = row"""

WRITE_DOCUMENT = """
MERGE (d:Document {id: $document})
ON CREATE SET d.seq = $seq, d.added = $added, d.superseded_on = ''
SET d += $properties"""
JOIN_PROGRAMME = """
MATCH (d:Document {id: $document}) MERGE (p:Programme {name: $programme}) MERGE (d)-[:IN_PROGRAMME]->(p)"""
LINK_SUPERSEDED = """
MATCH (d:Document {id: $document}) MATCH (old:Document) WHERE old.id IN d.supersedes
MERGE (d)-[:SUPERSEDES {id: d.id + '→' + old.id}]->(old)"""
LINK_SUCCESSORS = """
MATCH (d:Document {id: $document}) MATCH (later:Document) WHERE d.id IN later.supersedes
MERGE (later)-[:SUPERSEDES {id: later.id + '→' + d.id}]->(d)"""
SETTLE_SUPERSEDED = """
UNWIND $ids AS id MATCH (d:Document {id: id})
OPTIONAL MATCH (s:Document)-[:SUPERSEDES]->(d) WHERE s.status = 'official' OR d.status = 'illustrative'
WITH d, min(CASE s.date WHEN '' THEN $undated ELSE s.date END) AS day
SET d.superseded_on = coalesce(day, '')"""

WRITE_CLAIMS = _claims_as(
    """
UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
MERGE (a)-[r:§ {id: row.id}]->(b) ON CREATE SET r += row.properties"""
)
WRITE_BACKGROUND = _claims_as(
    """
UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
MERGE (a)-[r:§ {id: row.id}]->(b)
SET r += row.properties, r.holders = [h IN coalesce(r.holders, []) WHERE NOT h IN row.holders] + row.holders"""
)
WRITE_MENTIONS = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row MATCH (e:Entity {id: row[0]})
CREATE (d)-[:MENTIONS {place: row[1]}]->(e)"""
SETTLE_ORDER = """
UNWIND $ids AS id MATCH (e:Entity {id: id})
OPTIONAL MATCH (d:Document)-[m:MENTIONS]->(e)
WITH e, min(CASE d.date WHEN '' THEN '~' ELSE d.date END + ' ' + d.id + ' ' + m.place) AS seq
SET e.seq = coalesce(seq, '~')"""
WRITE_COVERAGE = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row MATCH (e:Entity {id: row.unit})
CREATE (d)-[v:COVERAGE]->(e) SET v = row.properties"""
WRITE_FILES = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row CREATE (d)-[:HAS_FILE]->(n:File) SET n = row"""
WRITE_TABLES = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row
CREATE (d)-[:HAS_TABLE]->(n:SourceTable) SET n = row"""
WRITE_PROBLEMS = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row CREATE (d)-[:HAS_PROBLEM]->(n:Problem) SET n = row"""
WRITE_CANDIDATES = """
MATCH (d:Document {id: $document}) UNWIND $rows AS row
CREATE (d)-[:HAS_CANDIDATE]->(n:Candidate) SET n = row"""

BOTH_STAND = "MATCH (e:Entity) WHERE e.id IN [$old, $new] RETURN count(e) AS count"
TAKE_CLAIMS = (
    "MATCH (:Entity {id: $old})-[r:"
    + _ANY_CLAIM
    + """]-()
WITH DISTINCT r, startNode(r).id AS source, endNode(r).id AS target, type(r) AS type, properties(r) AS all
DELETE r RETURN source, target, type, all"""
)
RENAME_BACKGROUND = """
MATCH (d:Document) WHERE d.id IN $holders
SET d.background = [id IN d.background WHERE id <> $old AND id <> coalesce($new, '')]
    + CASE WHEN $new IS NULL THEN [] ELSE [$new] END"""
MOVE_COVERAGE = """
MATCH (d:Document)-[v:COVERAGE]->(:Entity {id: $old}) MATCH (e:Entity {id: $new})
CREATE (d)-[w:COVERAGE]->(e) SET w = properties(v) DELETE v"""
MOVE_MENTIONS = """
MATCH (d:Document)-[m:MENTIONS]->(:Entity {id: $old}) MATCH (e:Entity {id: $new})
MERGE (d)-[n:MENTIONS]->(e)
SET n.place = CASE WHEN n.place < m.place THEN n.place ELSE m.place END
DELETE m"""

ALIASES = "MATCH (a:Alias) RETURN a.old AS old, a.entity AS entity ORDER BY old"
WRITE_ALIASES = "UNWIND $rows AS row MERGE (a:Alias {old: row[0]}) SET a.entity = row[1]"
DELETE_ALIASES = "MATCH (a:Alias) WHERE a.old IN $olds DELETE a RETURN count(*) AS gone"
DECISION = "MATCH (n:Decision {candidate: $candidate}) RETURN properties(n) AS row"
WRITE_DECISION = "MERGE (n:Decision {candidate: $candidate}) SET n = $row"
UNDO_DECISION = "MATCH (n:Decision {candidate: $candidate}) DELETE n"
