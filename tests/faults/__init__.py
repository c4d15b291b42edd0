"""The fault catalogue: small files with one peculiarity each, what must come of each, and statements put through changes that keep their meaning."""
