"""HTTP routes, one module a subject. Each has `add(app, components)`."""
