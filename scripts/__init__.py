"""The tools that make the site: `python -m scripts VERB`.

`facts` reads and checks the data; `pages` turns it into fragments; `publish` and `links` look after a built site;
`build`, `serve` and `doctor` are the verbs that tie them together.
"""
