"""How the databases came to be: two trees of Alembic revisions, run by ``storage.migrate``.

A file is named after its revision, ``0002_people.py``; the names order the tree.
"""
