"""The order of the Finnish alphabet: … x y z å ä ö."""

# In ASCII these three follow z, so that keys compare right byte by byte, whatever the locale.
FINNISH_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
