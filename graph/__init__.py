"""The graph of cooperation: vocabulary, records, the store and the questions asked of it."""

from graph.opening import open_store

__all__ = ["open_store"]
