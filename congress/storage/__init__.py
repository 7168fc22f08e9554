"""How a congress is kept: encrypted files or PostgreSQL, keys, blobs, transactions, migrations."""
