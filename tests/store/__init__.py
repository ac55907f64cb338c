"""One test body over both stores."""
