"""Are our words plain enough for a reader of twelve?

Reads the prose that people write, measures its sentences, and looks for jargon that nothing explains. Imports `facts`
and none of the other packages.
"""
