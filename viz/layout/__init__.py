"""Placing: where every node, label and heading of a picture stands. Deterministic; knows no renderer."""
