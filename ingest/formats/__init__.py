"""What the readers share: each format's own rules, from bytes to paragraphs and grids."""
