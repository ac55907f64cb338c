"""Timings as ratios to a bare baseline in the same run. No test asserts a time; these tables are read."""
