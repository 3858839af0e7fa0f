#!/usr/bin/env python3
"""Set up, run and check Styr.

python3 dev.py run [--port N]               the application with demo data, on this machine only
python3 dev.py test [--quick] [ARGUMENTS]   lint, types, contracts and tests; --quick leaves out the slow ones
python3 dev.py test --interchange DIR       what the import makes of every diagram in a folder, as a table
python3 dev.py check                        lint, types and contracts only
python3 dev.py bench                        the measured numbers, one JSON object a line

Everything is installed into .venv and app/ui/node_modules on first use, and again only when a lock changes.
Needs nothing but Python 3.11: Node and Chromium are fetched when the machine has none.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import functools
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
UI = ROOT / "app" / "ui"
MANIFEST = ROOT / "app" / "shell" / "static" / "dist" / ".vite" / "manifest.json"
CHROMIUM_PACKAGE = ROOT / ".ci" / "chromium"

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    "UV_PYTHON_DOWNLOADS": "never",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "DEBIAN_FRONTEND": "noninteractive",
}
NO_TEST_RAN = 5
"""What pytest exits with when its arguments and marks select nothing."""


def fail(swedish: str, english: str) -> NoReturn:
    """Stop with one sentence in each of the two languages of the people who run this."""
    sys.exit(f"dev.py: {swedish}\ndev.py: {english}")


def sh(*command: str | Path, cwd: Path = ROOT, **extra: str) -> None:
    """Run a command that must succeed; `extra` is added to its environment."""
    words = [str(word) for word in command]
    try:
        subprocess.run(words, cwd=cwd, env=ENVIRONMENT | extra, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shown = " ".join(words[:4])
        fail(f"kommandot gick inte: {shown} ({error})", f"this command failed: {shown}; its words are above")


def output(*command: str | Path) -> str:
    """Return what a command prints, or "" when it is missing or fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


# Set-up: each part has a stamp, the digest of what it was made from.


def digest(files: Iterable[Path]) -> str:
    """Return the digest of the files' names and contents."""
    whole = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        whole.update(f"{file.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def once(part: str, files: Iterable[Path], made: Path, make: Callable[[], None]) -> None:
    """Call `make` unless `made` exists and the part was made from these very files."""
    stamp = VENV / f".made-{part}"
    wanted = digest(files)
    if made.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"· {part}", flush=True)
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(wanted)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let only one dev.py set up at a time in this checkout."""
    VENV.mkdir(exist_ok=True)
    with (VENV / ".set-up").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def uv() -> str:
    """Return uv's path, or "" when there is none that works (a pyenv shim may stand for nothing)."""
    path = shutil.which("uv") or ""
    return path if path and output(path, "--version") else ""


def make_venv() -> None:
    """Create the virtual environment with uv where it is at hand, else with Python's own venv."""
    if tool := uv():
        sh(tool, "venv", "--quiet", "--allow-existing", "--python", sys.executable, VENV)
        return
    if importlib.util.find_spec("ensurepip") is None:
        fail(
            "Python saknar ensurepip. På Debian och Ubuntu: apt install python3-venv",
            "this Python has no ensurepip. On Debian and Ubuntu: apt install python3-venv",
        )
    sh(sys.executable, "-m", "venv", VENV)


def pip(*arguments: str | Path) -> None:
    """Run `pip install` with these arguments, by uv where it is at hand."""
    if tool := uv():
        sh(tool, "pip", "install", "--quiet", "--python", PYTHON, *arguments)
        return
    if not output(PYTHON, "-m", "pip", "--version"):
        sh(PYTHON, "-m", "ensurepip", "--upgrade")
    sh(PYTHON, "-m", "pip", "install", "--quiet", *arguments)


def install(*locks: str) -> None:
    """Install the packages of each lock whose content is new."""
    for lock in locks:
        file = ROOT / lock
        once(lock, [file], PYTHON, functools.partial(pip, "--require-hashes", "-r", file))


def install_itself() -> None:
    """Install this checkout, editable, with the build tools of the lock and nothing else."""
    install("requirements-build.lock")
    sources = [ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    once("styr", sources, PYTHON, lambda: pip("--no-deps", "--no-build-isolation", "-e", ROOT))


def node_will_do(version: str) -> bool:
    """Whether Vite runs on this version of Node ("v20.20.2")."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    return (20, 19) <= numbers < (21, 0) or numbers >= (22, 12)


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm; it and Node come from a wheel when the machine's are missing or too old."""
    if not (node_will_do(output("node", "--version")) and shutil.which("npm", path=ENVIRONMENT["PATH"])):
        install("requirements-node.lock")
    sh(shutil.which("npm", path=ENVIRONMENT["PATH"]) or "npm", *arguments, cwd=cwd)


def build_pages() -> None:
    """Install the front end's packages and build its assets."""
    lock = UI / "package-lock.json"
    clean = ("ci", "--ignore-scripts", "--loglevel=error")
    once("front end packages", [UI / "package.json", lock], UI / "node_modules", lambda: npm(*clean, cwd=UI))
    sources = [file for file in (UI / "src").rglob("*") if file.is_file()]
    build = ("run", "--silent", "build", "--", "--logLevel=warn")
    once("front end", [*sources, lock, UI / "vite.config.js"], MANIFEST, lambda: npm(*build, cwd=UI))


def set_up(*locks: str, pages: bool = True) -> None:
    """Make everything ready; what is as it should be costs nothing but a digest."""
    with alone():
        if not PYTHON.exists():
            print("· .venv", flush=True)
            make_venv()
        install("requirements.lock", *locks)
        install_itself()
        if pages:
            build_pages()


# Chromium for the browser tests: never left out silently.


def chromium() -> str:
    """Return the path of a Chromium for the browser tests, installing one if need be."""
    if found := find_chromium():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("· chromium (apt)", flush=True)
        sh("apt-get", "update", "-qq")
        sh("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core")
        if found := find_chromium():
            return found
    return unpacked_chromium()


def find_chromium() -> str:
    """Return the path of the machine's Chromium or Chrome, or ""."""
    if named := os.environ.get("CHROMIUM"):
        wrong = (f"CHROMIUM pekar fel: {named}", f"CHROMIUM names no program: {named}")
        return shutil.which(named) or fail(*wrong)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next((path for name in names if (path := shutil.which(name))), "")


def unpacked_chromium() -> str:
    """Return the Chromium that an npm package carries, for machines where nothing may be installed."""
    home = VENV / "chromium"
    sources = [CHROMIUM_PACKAGE / name for name in ("package.json", "package-lock.json", "chromium", "fonts.conf")]
    unpack = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"

    def make() -> None:
        shutil.rmtree(home, ignore_errors=True)
        (home / "unpacked").mkdir(parents=True)
        for source in sources:
            shutil.copy(source, home)
        npm("ci", "--ignore-scripts", "--loglevel=error", cwd=home)
        # The package unpacks into TMPDIR, and its libraries only where it believes to be on Amazon Linux.
        place = {"TMPDIR": str(home / "unpacked"), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"}
        sh("node", "--input-type=module", "--eval", unpack, cwd=home, **place)

    with alone():
        once("chromium (npm)", sources, home / "unpacked" / "chromium", make)
    if not output(home / "chromium", "--version"):
        fail(
            "ingen webbläsare kan starta här. Installera Chromium eller sätt CHROMIUM (eller kör test --quick).",
            "no browser starts here. Install Chromium or set CHROMIUM (or run test --quick).",
        )
    return str(home / "chromium")


# The four commands.

CHECKS: dict[str, tuple[str, ...]] = {
    "ruff": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "mypy": ("mypy", "--no-error-summary"),
    "contracts": ("lint-imports", "--no-logo"),
}

TESTS = ("pytest", "-n2", "--dist")
ASIDE = {"PYTHONPYCACHEPREFIX": str(VENV / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
COMPILED = ASIDE if os.environ.get("PYTHONDONTWRITEBYTECODE") else {}
"""Where nothing may be written beside the sources: each process of the tests would compile a thousand modules anew."""


def stage(name: str, *command: str, allowed: tuple[int, ...] = (0,), **extra: str) -> tuple[str, int, bool]:
    """Run one tool of the environment; return how it went: a line to print, its exit code, whether it is good."""
    print(f"\n── {name}", flush=True)
    began = time.monotonic()
    words = [str(BIN / command[0]), *command[1:]]
    code = subprocess.run(words, cwd=ROOT, env=ENVIRONMENT | extra, check=False).returncode
    good = code in allowed
    verdict = "ok" if good else f"failed ({code})"
    return f"{name}: {verdict}, {time.monotonic() - began:.1f} s", code, good


def conclude(stages: list[tuple[str, int, bool]]) -> int:
    """Print one line a stage; return the exit code of the whole."""
    print("\n" + "\n".join(line for line, _, _ in stages), flush=True)
    return 0 if all(good for _, _, good in stages) else 1


def run_checks() -> list[tuple[str, int, bool]]:
    """Run every check, also after one that failed."""
    return [stage(name, *command) for name, command in CHECKS.items()]


def check() -> int:
    """Lint, types and contracts."""
    set_up("requirements-test.lock", pages=False)
    return conclude(run_checks())


def test(chosen: list[str], *, quick: bool) -> int:
    """Every check and test; with arguments for pytest, those tests only.

    A part that selects nothing is a failure, unless the arguments chose tests of the other part.
    """
    set_up("requirements-test.lock")
    browser = {} if quick else {"CHROMIUM": chromium()}
    stages = [] if chosen else run_checks()
    allowed = (0, NO_TEST_RAN) if chosen else (0,)
    marks = "not browser and not full" if quick else "not browser"
    parts = [stage("tests", *TESTS, "worksteal", "-m", marks, *chosen, allowed=allowed, **browser, **COMPILED)]
    if not quick:
        driving = (*TESTS, "loadfile", "-m", "browser", *chosen)  # a file has one server, started once
        parts.append(stage("browser tests", *driving, allowed=allowed, **browser, **COMPILED))
    code = conclude([*stages, *parts])
    return NO_TEST_RAN if all(part[1] == NO_TEST_RAN for part in parts) else code


def interchange(folder: str) -> int:
    """Import every diagram of a folder and print what became of it; fails only when the import itself does."""
    set_up("requirements-test.lock", pages=False)
    command = [str(PYTHON), "-m", "tests.interchange", folder]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False).returncode


def bench(chosen: list[str]) -> int:
    """Measure the numbers, in the environment of the tests."""
    set_up("requirements-test.lock")
    command = [str(PYTHON), "-m", "tests.bench", *chosen]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT | {"CHROMIUM": chromium()}, check=False).returncode


def run(port: int) -> NoReturn:
    """Serve on this machine only, with demo data; becomes the server, so that Ctrl-C reaches it."""
    set_up()
    command = [BIN / "styr", "serve", "--host", "127.0.0.1", "--port", str(port), "--var", ROOT / "var"]
    os.chdir(ROOT)
    os.execve(BIN / "styr", [*map(str, command), "--demo", "--dev-mail"], ENVIRONMENT)


def main() -> int:
    """Read the command line and do it."""
    if sys.version_info < (3, 11):  # noqa: UP036 — any python3 may have been told to run this file
        fail("Python 3.11 eller senare behövs.", "Python 3.11 or later is needed.")
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | test | check | bench")
    commands.add_parser("run", help="serve the application").add_argument("--port", type=int, default=8000)
    quick = "leave out the browser tests and the slow ones"
    tests = commands.add_parser("test", help="check and test")
    tests.add_argument("--quick", action="store_true", help=quick)
    tests.add_argument("--interchange", metavar="DIR", help="import every diagram of a folder instead")
    commands.add_parser("check", help="lint, types and contracts")
    commands.add_parser("bench", help="measure")
    options, rest = parser.parse_known_args()
    if rest and options.command not in ("test", "bench"):
        parser.error(f"unknown: {' '.join(rest)}")
    if options.command == "run":
        run(options.port)
    if options.command == "check":
        return check()
    if options.command == "test" and options.interchange:
        return interchange(str(Path(options.interchange).resolve()))
    return test(rest, quick=options.quick) if options.command == "test" else bench(rest)


if __name__ == "__main__":
    sys.exit(main())
