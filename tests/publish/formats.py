"""Which words of a JSON Schema's `format` do the tests hold files to?

The validator checks only those formats that somebody teaches it. These are the ones that our schemas use.
"""

from __future__ import annotations

import datetime as dt
import re

import jsonschema

CHECKER = jsonschema.FormatChecker(formats=())


@CHECKER.checks("date", raises=ValueError)
def _date(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value) and dt.date.fromisoformat(value))


@CHECKER.checks("date-time", raises=ValueError)
def _moment(value: object) -> bool:
    whole = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
    return not isinstance(value, str) or bool(re.fullmatch(whole, value) and dt.datetime.fromisoformat(value))


@CHECKER.checks("uri")
def _address(value: object) -> bool:
    return not isinstance(value, str) or bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value))
