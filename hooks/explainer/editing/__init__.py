"""The commands of an editor in; changed files and printed reports out."""
