#!/usr/bin/env -S python3 -B
"""divergences.py - does tools/divergences notice what it is there for? Breaks a copy of the table or of a
script in one place at a time. One line a case: "ok NAME", or "not ok NAME" with the reason."""
import breaks

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


breaks.check("divergences", ("spec", "testsuite/cli", "testsuite/wast"), BREAKS)
