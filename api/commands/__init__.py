"""The command line's commands, one module a group. Heavy imports stand inside the functions that use them,
so that a cold command stays quick."""
