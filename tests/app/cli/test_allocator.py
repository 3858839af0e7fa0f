"""A server process gives back what it no longer needs."""

from __future__ import annotations

import subprocess
import sys

PEAKS = """
import gc, re, threading
from argon2.low_level import Type, hash_secret_raw
from app.cli.allocator import begin_loading, end_loading

begin_loading()
assert not gc.isenabled()
end_loading()
assert gc.isenabled() and gc.get_freeze_count() > 1000

def memory():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])

def password():
    hash_secret_raw(b"ord", b"salt" * 4, 1, 19456, 1, 32, Type.ID)

before = memory()
for _ in range(3):
    threads = [threading.Thread(target=password) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print(memory() - before)
"""


def test_nothing_is_kept_of_the_memory_that_passwords_took() -> None:
    done = subprocess.run([sys.executable, "-c", PEAKS], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) < 4000, "kilobytes kept after a dozen passwords in threads"
