"""What the forms on paper share: fonts, pages of a picture, and files whose bytes depend on the data alone."""
