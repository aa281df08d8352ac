"""What is added to a built site?

Feeds, cards, short links, the API and the like will live here, one module each, run by `build` between the engine and
the swap. So far nothing is added. Imports `facts` and none of the other packages.
"""
