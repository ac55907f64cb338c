"""Reads that queries and views share: claims, roles, entities, revisions, the scope that all are asked in, and the
references and evidence that their rows become."""
