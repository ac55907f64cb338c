"""Tables that stand on the page one cell a line, found again, and the titles of tables."""
