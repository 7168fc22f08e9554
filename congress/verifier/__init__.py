"""The independent verifier: checks a published bundle with nothing of the program's own code.

It shares no module with the rest of the package, does its own group arithmetic on plain
integers, and needs only Python itself, so that it also runs as one file on a machine that
the program was never installed on. ``SPECIFICATION.md`` beside this file says what a bundle
holds and what is checked.
"""
