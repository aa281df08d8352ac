"""What comes of hostile pictures, each taken in as a person would.

Runs in processes of its own, so that a decoder that crashes or fills memory takes nothing else with it.
"""

from __future__ import annotations

import faulthandler
import io
import os
import resource
import shutil
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from scripts.project import Project
from scripts.screens import decode, header, intake, opened, redact
from scripts.screens.audit import audit
from scripts.screens.model import Redaction
from scripts.screens.opened import Refused
from tests.peak import peak
from tests.screens import taken
from tests.screens.hostile import bases, case

SECONDS = 2.0
MEGABYTES = 512
HIDDEN = Redaction(at=(4, 4, 10, 6), size="row", why="name of a person")
LEFT_ALONE = "another.light@1.png"


class TookTooLong(BaseException):
    """A case used more processor time than it may. Not an Exception, so that nothing on the way swallows it."""


@dataclass
class Told:
    """What came of some cases: how often which end, what was wrong, the slowest in seconds, the most memory in MB."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    megabytes: float = 0.0


def prepare() -> None:
    """Limits for a process that runs cases."""

    def too_long(*_: object) -> None:
        raise TookTooLong

    signal.signal(signal.SIGPROF, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, resource.RLIM_INFINITY))  # so that the machine survives
    # Twenty thousand times to the disk and back is no part of the question; the order of steps is tested elsewhere.
    os.fsync = lambda _: None  # type: ignore[assignment]


def attempt(numbers: range) -> Told:
    """Take the files of some numbers in, one after the other, and look whether all is as it must be."""
    root, told = Path(tempfile.mkdtemp()), Told()
    project = taken.checkout(root / "checkout")
    raws = taken.screens(project) / "raw"
    (raws / LEFT_ALONE).write_bytes(b"precious")
    good = {name: pixels(data) for name, data in bases().items() if name.endswith(".png")}
    faulthandler.dump_traceback_later(300, exit=True)  # a decoder that never comes back is killed
    for number in numbers:
        label, name, data, base = case(number)
        file = root / name
        file.write_bytes(data)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS * 1.5)
        end, wrong = one(project, file, data, good.get(base))
        signal.setitimer(signal.ITIMER_PROF, 0)
        used = time.process_time() - begun
        told.ends[end] += 1
        told.seconds = max(told.seconds, used)
        if used > SECONDS:
            wrong = f"took {used:.1f} s"
        left = sorted(path.name for path in (*raws.iterdir(), *taken.screens(project).glob("*.*")))
        if left != [LEFT_ALONE] or (raws / LEFT_ALONE).read_bytes() != b"precious":
            wrong = f"left behind: {left}"
        if wrong:
            told.wrong.append(f"{label}: {wrong}")
        file.unlink()
    faulthandler.cancel_dump_traceback_later()
    told.megabytes = peak() / 2**20
    if told.megabytes > MEGABYTES:
        told.wrong.append(f"{numbers}: took {told.megabytes:.0f} MB")
    shutil.rmtree(root)
    return told


def one(project: Project, file: Path, data: bytes, good: bytes | None) -> tuple[str, str]:
    """Take one file in and away again: how it ended, and what is wrong with that, if anything."""
    folder = taken.screens(project)
    try:
        paths = intake.intake(file, "a-screen", folder, [HIDDEN], platform="acme")
    except Refused as error:
        said = error.problems[0]
        return f"refused: {said.rule}", "" if said.what and said.cure else "says nothing"
    except TookTooLong:
        return "too long", "took too long"
    except BaseException as error:  # whatever else comes is what this is about
        return f"raised {type(error).__name__}", f"raised {error!r}"
    made = paths[0].read_bytes()
    for path in paths:
        path.unlink()
    kind = header.sniff(data)
    assert kind
    claimed = header.read(data, kind)
    with Image.open(io.BytesIO(made)) as image:
        size = image.size
    if audit(made, "png") or decode.decode(made).size != size:
        return "taken", f"came in with {audit(made, 'png')}"
    if sorted(size) != sorted((claimed.width, claimed.height)):
        return "taken", f"came in as {size}"
    if good is not None and pixels(made) != good:
        return "taken", "came in with other pixels than it was saved with"
    return "taken", ""


def pixels(data: bytes) -> bytes:
    """What a good picture looks like once it is in: as it is taken in, without redaction."""
    image = opened.decode(data, "x.png")
    return redact.scrub(image, (redact.whole(HIDDEN, image.size),)).tobytes()
