#!/usr/bin/env python3
"""divergences.py - does tools/divergences notice what it is there for? Breaks a copy of the table or of a
script in one place at a time. One line a case: "ok NAME", or "not ok NAME" with the reason."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
TABLE = "spec/divergences.tsv"
FOLDER = "testsuite/wast/divergences"
SCRIPT = f"{FOLDER}/returned-string-is-aligned.wast"
ROW = f"WT#12897\t{SCRIPT}\truntime\t"
CASE = "testsuite/cli/run.sh:well-formed-quote\t"

# name, file, what stands there, what is put there, what has to be said
BREAKS = [
    ("row-cut-short", TABLE, "\truntime\t", "\t", "five columns"),
    ("cell-empty", TABLE, "\truntime\t", "\t\t", "five columns"),
    ("titles-changed", TABLE, "source\t", "issue\t", f"{TABLE}:1: five columns"),
    ("row-twice", TABLE, f"\n{ROW}", f"\n{ROW}x\t92173ef\n{ROW}", "are there twice"),
    ("no-source", TABLE, f"\n{ROW}", f"\n12897\t{SCRIPT}\truntime\t", "'12897' is no source"),
    ("no-blame", TABLE, f"\n{ROW}", f"\nWT#12897\t{SCRIPT}\tnobody\t", "'nobody' is none of"),
    ("no-script", TABLE, SCRIPT, f"{FOLDER}/gone.wast", "gone.wast is no script"),
    ("script-of-another-folder", TABLE, SCRIPT, "testsuite/wast/values/bool-is-any-bit.wast",
     "is no script of"),
    ("script-without-a-row", TABLE, f"\n{ROW}", f"\nWT#12897\t{FOLDER}/string-length-is-in-code-units.wast\truntime\t",
     f"{SCRIPT}: no row of"),
    ("no-case", TABLE, CASE, "testsuite/cli/run.sh:gone\t", "has no case gone"),
    ("case-is-no-case-any-more", "testsuite/cli/run.sh", "\nexpect well-formed-quote 1", "\n: well-formed-quote 1",
     "has no case well-formed-quote"),
    ("another-source", TABLE, f"\n{ROW}", f"\nWT#1\t{SCRIPT}\truntime\t", "do not name WT#1"),
    ("another-commit", SCRIPT, "Holds from: 92173ef", "Holds from: 41d8902", "it holds from 41d8902"),
    ("no-commit", SCRIPT, ";; Holds from: 92173ef\n", "", "0 lines `Holds from:`"),
    ("commit-behind-the-comments", SCRIPT, ";; Holds from: 92173ef\n(component", "(component\n;; Holds from: 92173ef\n",
     "0 lines `Holds from:`"),
    ("script-without-a-source", SCRIPT, ";; WT#12897\n", "", "names no source"),
]


def run(root):
    return subprocess.run([ROOT / "tools/divergences", root], capture_output=True, text=True)


def copy(to):
    for name in ("spec", "testsuite/cli", "testsuite/wast"):
        shutil.copytree(ROOT / name, to / name)


def main():
    failed = False
    good = run(ROOT)
    print("ok divergences-hold" if good.returncode == 0 else f"not ok divergences-hold: {good.stderr.strip()}")
    for name, file, old, new, wanted in BREAKS:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            copy(root)
            text = (root / file).read_text()
            (root / file).write_text(text.replace(old, new, 1))
            done = run(root)
            caught = old in text and done.returncode == 1 and wanted in done.stderr
            failed |= not caught
            print(f"ok {name}" if caught else f"not ok {name}: {done.stderr.strip() or 'not noticed'}")
    sys.exit(1 if failed or good.returncode else 0)


main()
