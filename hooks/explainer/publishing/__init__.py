"""Built pages and a story in; the published folder with all its files out."""
