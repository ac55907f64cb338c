"""Names: where they stand in a cell, what they say of themselves, and which body they stand for."""
