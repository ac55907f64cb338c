"""Facts laid out in every format and layout, ingested, and compared with what was laid out."""
