"""adapter - what the adapters in Python share: the loop that reads requests and writes answers, the
place of the installed packages, and programs as children. spec/runtimes.md is the protocol.

An adapter is a table from what a request does to a function, which takes the request and returns
the members of its answer; serve(table) runs it. A function that raises Outcome answers with that
outcome, and one that raises anything else with an error: an adapter goes on after any request.

A runtime that prints to standard output prints to standard error here, so that the protocol has
its pipe alone."""
import base64
import ctypes
import json
import os
import pathlib
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PEERS = pathlib.Path(os.environ.get("CANON_PEERS") or ROOT / "build/peers")
NOT_INSTALLED = 69  # EX_UNAVAILABLE, as spec/runtimes.md says
PR_SET_PDEATHSIG = 1


class Outcome(Exception):
    """An answer other than the expected one, from the middle of a function."""

    def __init__(self, outcome, text, **members):
        super().__init__(text)
        self.members = {"outcome": outcome, "text": text, **members}


def unsupported(text):
    return Outcome("unsupported", text)


# ---- what is installed ----

def installed(path):
    """A path in the folder of packages; ends the adapter where it is not there."""
    found = next(iter(sorted(PEERS.glob(path))), None)
    if not found:
        sys.stderr.write(f"{pathlib.Path(sys.argv[0]).name}: not installed: {PEERS} has no {path};"
                         " make peers installs it, or tools/runtimes/install\n")
        sys.exit(NOT_INSTALLED)
    return found


def canon_features():
    """{feature: (in profile p3?)} of spec/features.tsv"""
    head, *lines = (ROOT / "spec/features.tsv").read_text().splitlines()
    p3 = head.split("\t").index("p3")
    rows = [line.split("\t") for line in lines if line]
    return {row[0]: row[p3] == "yes" for row in rows}


def features_on(request, table):
    """Which of the features of a table are on for a request: those that it names, or p3's."""
    named = request.get("features")
    p3 = canon_features()
    return {f for f in table if (f in named if named is not None else p3[f])}


# ---- programs ----

def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def run(argv, data=None):
    """(status, standard output as bytes, standard error as text) of a program. Where a signal ended
    it, the adapter ends by the same one, as if the program had been its library."""
    done = subprocess.run([str(a) for a in argv], input=data, capture_output=True,
                          preexec_fn=die_with_parent)
    errors = done.stderr.decode(errors="replace")
    if done.returncode < 0:
        end_as(done.returncode, errors)
    return done.returncode, done.stdout, errors


def end_as(status, errors):
    """Ends the adapter as a program ended, with what that printed."""
    sys.stderr.write(errors)
    sys.stderr.flush()
    if status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status != signal.SIGKILL else None
        os.kill(os.getpid(), -status)
    os._exit(abs(status) & 0xFF)


# ---- requests ----

def binary(request):
    """The bytes of a definition, or None where it has text."""
    if "binary" not in request:
        return None
    return base64.b64decode(request["binary"], validate=True)


def no_constant(name):
    raise ValueError(f"no JSON: {name}")


def parse(line):
    request = json.loads(line.decode(), parse_constant=no_constant)
    if not isinstance(request, dict):
        raise ValueError("a request is an object")
    return request


def answer_to(table, request):
    do = request.get("do")
    if not isinstance(do, str) or do not in table:
        return {"outcome": "unsupported", "text": f"no such request here: {do!r:.80}"}
    return table[do](request)


def answer_line(table, line):
    """The members of the answer to a line, whatever it holds."""
    number = None
    try:
        request = parse(line)
        number = request.get("id")
        if isinstance(number, bool) or not isinstance(number, int):
            number = None
            raise ValueError("a request has a number as its id")
        return {"id": number, **answer_to(table, request)}
    except Outcome as outcome:
        return {"id": number, **outcome.members}
    except (Exception, RecursionError) as error:  # whatever it is, the next request is served
        return {"id": number, "outcome": "error", "text": f"{type(error).__name__}: {error}"}


def serve(table):
    """Answers until the input ends."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        out.write(json.dumps(answer_line(table, line)) + "\n")
        out.flush()


def hello(name, version, features, accepts):
    """The function of a table that answers hello. Features without a switch are always on."""
    return lambda _: {"outcome": "hello", "protocol": 1, "name": name, "version": version,
                      "features": list(features), "accepts": accepts,
                      "always": [feature for feature, switch in features.items() if not switch]}
