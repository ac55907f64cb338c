"""One file a query; see docs/adding-a-query.md."""
