"""What do we know, and may it be published?

Data in, checked model out: `load` reads `docs/data/` and the guides' front matter, `model` says what each record must
carry, `check` holds the rules between records, `resolve` works out what depends on the day and the region. Imports
none of the other packages.
"""
