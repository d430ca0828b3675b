"""ratios.py - what tools/bench and tools/bench-core share: the limits of spec/bench.tsv, the place of
the runtimes that tools/runtimes/install brings, and the CPU time of a command."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PEERS = pathlib.Path(os.environ.get("CANON_PEERS") or ROOT / "build/peers")
WASMTIME = "venv/lib/python3*/site-packages/wasmtime_cli/wasmtime"


def limits():
    """row -> (least, most), either of which may be missing."""
    rows = [line.split("\t") for line in (ROOT / "spec/bench.tsv").read_text().splitlines()[1:]]
    return {name: (float(least or "-inf"), float(most or "inf")) for name, least, most in rows}


def print_row(name, ratio, limit):
    """Whether the ratio is what the limit asks for."""
    least, most = limit
    good = least <= ratio <= most
    print(f"{ratio:10.2f}  {name}" + ("" if good else f"   MISSED: {least} to {most}"), flush=True)
    return good


def cpu(argv, **options):
    """Of a command that has to succeed: the CPU time of all its threads, in the program and in the
    kernel, in seconds, and what it wrote."""
    try:
        child = subprocess.Popen([str(a) for a in argv], stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, text=True, **options)
    except OSError as error:
        sys.exit(f"{argv[0]}: {error.strerror}")
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    if status:
        sys.exit(f"{' '.join(map(str, argv))}: status {status}\n{out}")
    return usage.ru_utime + usage.ru_stime, out
