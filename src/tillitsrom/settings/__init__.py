"""Settings come from the environment only; each variable stands in `docs/operations.md`."""
