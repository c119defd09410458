"""MkDocs events in, calls of the core out."""
