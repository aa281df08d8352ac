"""What is added to a built site?

Facts in, files out: feeds of policy changes (`feeds`), the open data (`api`), and whatever else stands beside pages.
Each is a step that `build` runs between the engine and the swap. Imports `facts` and none of the other packages.
"""
