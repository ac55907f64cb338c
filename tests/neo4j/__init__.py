"""A real Neo4j for the tests, without Docker: Neo4j 5.26 from Maven Central on Java 17."""
