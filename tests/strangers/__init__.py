"""Documents in the shapes of many offices, written before and apart from the reader, with what they say beside them."""
