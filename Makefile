# What people type. No logic here: each target is one line.
.DEFAULT_GOAL := help
.PHONY: help setup serve build pdfs test bench render screens capture screens-review words pack hosted engines offline audit stale validate links links-external ids picture lock doctor clean
PYTHON := .venv/bin/python

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 21

setup: ## make .venv with the exact libraries of requirements.lock
	@python3 scripts/bootstrap.py

serve: setup ## build the site, serve it on this machine, rebuild on each change
	@$(PYTHON) -m scripts serve

build: setup ## build the finished site into site/
	@$(PYTHON) -m scripts build

pdfs: setup ## build the finished site with a PDF of each guide, checklist and comparison
	@$(PYTHON) -m scripts pdfs

test: setup ## check style, types and ledgers, and run all tests
	@$(PYTHON) -m scripts.testing

bench: setup ## measure the build, beside a bare one and on a large site
	@$(PYTHON) -m scripts bench

render: setup ## turn the facts into fragments, and say what is wrong with them
	@$(PYTHON) -m scripts render

screens: setup ## make the pictures of screens that are out of date
	@$(PYTHON) -m scripts screens

capture: setup ## take the raw pictures of our own drawings of screens anew
	@$(PYTHON) -m scripts screens capture

screens-review: setup ## show which pictures changed since the last commit, before and after
	@$(PYTHON) -m scripts screens review

pack: build ## build the site with packed copies of its texts, for hosts that serve such
	@$(PYTHON) -m scripts pack

hosted: build ## build the site, let nginx serve it, check what it sends and load it with wrk
	@$(PYTHON) -m scripts hosted

engines: setup ## build the same tree with other engines, and run the tests of the site on each
	@$(PYTHON) -m scripts engines

offline: build ## build the site as a zip to read from a folder, without a server
	@$(PYTHON) -m scripts offline

audit: setup ## ask whether a library of the lock is known to be unsafe
	@$(PYTHON) -m scripts audit

stale: setup ## list what wants to be looked at again, and what breaks when
	@$(PYTHON) -m scripts stale

words: setup ## say which of our words are too hard, and where they stand
	@$(PYTHON) -m scripts words

validate: build ## build the site and check its HTML, styles and drawings; needs Java and npm
	@$(PYTHON) -m scripts validate

links: build ## build the site and check every link within it
	@$(PYTHON) -m scripts links

links-external: build ## ask the links to other sites whether they still work; needs REPOSITORY_URL
	@$(PYTHON) -m scripts links external

ids: setup ## build the site, and enter new ids and addresses into the ledgers of promised ones
	@$(PYTHON) -m scripts ids --fix && $(PYTHON) -m scripts build && $(PYTHON) -m scripts links keep

picture: setup ## take the picture of the home page for the README
	@$(PYTHON) -m scripts picture

lock: ## choose library versions anew and write requirements.lock
	@uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11.5 --group dev pyproject.toml -o requirements.lock

doctor: setup ## say what is missing on this machine, and how to get it
	@$(PYTHON) -m scripts doctor

clean: ## delete everything that can be made again
	@rm -rf build site .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
