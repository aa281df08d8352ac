"""Whether our libraries are safe is said of each of them, or it is said that nobody knows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import audit
from scripts.audit import CouldNotAudit, Unsafe, judged

SAFE: dict[str, Any] = {"name": "six", "version": "1.16.0", "vulns": []}
WEAK: dict[str, Any] = {
    "name": "pillow",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1", "2.0"], "description": "It breaks."}],
}


def test_a_weakness_is_told_with_its_cure() -> None:
    count, unsafe = judged({"dependencies": [SAFE, WEAK]})
    assert count == 2
    assert unsafe == [Unsafe("pillow", "1.0", "PYSEC-1 CVE-1", ("1.1", "2.0"))]
    assert str(unsafe[0]) == "pillow 1.0: PYSEC-1 CVE-1: raise it to 1.1 or 2.0: make lock"
    assert judged({"dependencies": [SAFE]}) == (1, [])
    assert "no version mends it yet" in str(Unsafe("a", "1", "X", ()))


def test_a_library_that_nobody_looked_up_is_not_called_safe() -> None:
    with pytest.raises(CouldNotAudit, match="1 of 2 libraries are not known there: six"):
        judged({"dependencies": [{"name": "six", "skip_reason": "not found"}, WEAK]})
    with pytest.raises(CouldNotAudit, match="nothing to look up"):
        judged({"dependencies": []})


@pytest.mark.parametrize(
    ("prints", "said"), [(json.dumps({"dependencies": [WEAK]}), ""), ("", "broke off: no network")]
)
def test_the_tool_is_asked_about_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prints: str, said: str
) -> None:
    def borrow(folder: Path, *packages: str) -> Path:
        assert packages == (audit.TOOL,)
        tool = folder / "bin" / "pip-audit"
        tool.parent.mkdir()
        tool.write_text(
            f"#!{sys.executable}\nimport sys\nopen({str(tmp_path / 'asked')!r}, 'w').write(' '.join(sys.argv))\n"
            f"print({prints!r})\nprint('no network', file=sys.stderr)\nsys.exit(1)\n"
        )
        tool.chmod(0o755)
        return folder

    monkeypatch.setattr(audit, "borrow", borrow)
    lock = tmp_path / "requirements.lock"
    if said:
        with pytest.raises(CouldNotAudit, match=said):
            audit.audit(lock)
    else:
        assert audit.audit(lock)[1][0].name == "pillow"
    assert f"--requirement {lock} --require-hashes --disable-pip" in (tmp_path / "asked").read_text()


def test_a_tool_that_cannot_be_had_is_said_to_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def borrow(*_: object) -> Path:
        raise subprocess.CalledProcessError(1, "pip", stderr=b"no such package")

    monkeypatch.setattr(audit, "borrow", borrow)
    with pytest.raises(CouldNotAudit, match="cannot be installed: no such package"):
        audit.audit(tmp_path / "requirements.lock")
