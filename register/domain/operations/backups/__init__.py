"""Backups that only the holder of a private key opens (R13, R15).

contents    what is in one, and how it is known to be whole and ours
dumping     the database as a stream, and back
making      a backup is written, while the register is in use
restoring   one is read back: first all of it, to see that it is whole, then in its place
kept        which there are, how old they are, and when they go
"""
