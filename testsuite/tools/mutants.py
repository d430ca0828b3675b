#!/usr/bin/env python3
"""mutants.py - do the checks of the subset fail where it is broken? Breaks a copy of Canon in one place
at a time, builds it, and runs the check that is meant to notice. One line a case: "ok NAME", or
"not ok NAME" with the reason.

Usage: mutants.py OUT     OUT: the variant's build folder, whose objects are used where they can be"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
LAZY = "src/cabi/lazy.c"
ADAPT, EVENTS = "src/oracle/adapt_core.c", "src/oracle/adapt_events.c"


def adapter(name, file, old, new, script):
    """A mutant of the adapter, and the script that is another one then."""
    return (f"adapter-{name}", file, old, new, ["subset", f"testsuite/wast/adapt/{script}.wast"], 1, "different:")


# name, file, what stands there, what is put there, the command, its status, what it has to say
MUTANTS = [
    ("value-lower-off-by-one", LAZY, "store_lazy_value(cx, lazy, ptr);", "store_lazy_value(cx, lazy, ptr + 1);",
     ["equiv", "--size", "1"], 1, "the memories differ"),
    ("length-off-by-one", LAZY, "return (Range){i, lazy_string_length(cx, v)};",
     "return (Range){i, lazy_string_length(cx, v) + 1};", ["equiv", "--size", "1"], 1, "different: string"),
    ("nested-in-another-encoding", LAZY, "self->string_encoding = cx->opts->string_encoding;",
     "self->string_encoding = utf8;", ["equiv", "--size", "1"], 1, "lazy-value-wrong-encoding"),
    ("end-of-memory-off-by-one", LAZY, "trap_if(ptr + extent.byte_length > mem_len(cx));",
     "trap_if(ptr + extent.byte_length > mem_len(cx) + 1);", ["equiv", "--size", "1"], 1, "where realloc is wrong"),
    ("alignment-is-not-checked", LAZY, "trap_if(ptr != align_to(ptr, extent.alignment));",
     "trap_if(ptr != align_to(ptr, 1));", ["equiv", "--size", "1"], 1, "where realloc is wrong"),
    ("list-out-of-order", "src/cabi/storing_values.c",
     "store(cx, v.data[i], elem_type, ptr +", "store(cx, v.data[v.len - 1 - i], elem_type, ptr +",
     ["equiv", "--size", "3"], 1, "another value"),
    ("realloc-smuggled-in", "src/component/features.c",
     'need(f, FEATURE_REALLOC, has_opt(c, OPT_REALLOC), at, "`realloc`");', ";",
     ["subset", "testsuite/wast/traps"], 1, "realloc is off, but was entered"),
    ("stackful-smuggled-in", "src/component/features.c",
     "c->kind == CANON_LIFT && async && !has_opt(c, OPT_CALLBACK)", "false && async",
     ["subset", "testsuite/wast/traps"], 1, "async-stackful is off, but was entered"),
    ("branch-that-sees-the-profile", "src/cabi/lazy.c", "cx->lazy_scope = lazy->scope;",
     "cx->lazy_scope = lazy->scope;\n\ttrap_if(marks_forbidden >> MARK_REALLOC & 1);", ["subset", "testsuite/wast/lazy"], 1,
     "different:"),
    adapter("leaves-results-that-are-there", ADAPT, '"(i32.const 1)"},', '"(i32.const 0)"},', "result-at-once"),
    adapter("leaves-messages", ADAPT, "(call $all (local.get %u) (i32.const 1))", "(drop (local.get %u))",
            "message-of-an-error-context"),
    adapter("leaves-waits", EVENTS, "case CANON_WAITABLE_SET_WAIT:", "", "result-after-wait"),
    adapter("leaves-polls", EVENTS, "case CANON_WAITABLE_SET_POLL:", "", "stream-read-by-poll"),
    adapter("leaves-callbacks", EVENTS, "= callback; return true;", "= callback; return false;",
            "result-by-callback"),
    adapter("leaves-cancellations", EVENTS, "case CANON_SUBTASK_CANCEL:", "case CANON_SUBTASK_DROP:",
            "cancelled-after-it-returned"),
    adapter("leaves-cancelled-streams", EVENTS, "RETURNED(2)", "RETURNED(3)",
            "stream-read-cancelled-in-the-middle"),
    adapter("leaves-cancelled-futures", EVENTS, "RETURNED(4)", "RETURNED(5)", "future-read-cancelled-too-late"),
    adapter("keeps-what-has-come", EVENTS, '"  (i32.store (local.get $w) (i32.const 0))\\n"', "",
            "another-call-with-the-same-index"),
    adapter("takes-started-for-returned", EVENTS, "(i32.lt_u (local.get $payload) (i32.const 2))",
            "(i32.lt_u (local.get $payload) (i32.const 1))", "started-is-no-result"),
    adapter("takes-cancelled-for-returned", EVENTS, "(i32.eq (local.get $payload) (i32.const 2))",
            "(i32.ge_u (local.get $payload) (i32.const 2))", "cancelled-before-it-returned"),
    adapter("takes-one-of-many", EVENTS, "(i32.shr_u (local.get $payload) (i32.const 4))", "(i32.const 1)",
            "stream-read-in-parts"),
    adapter("mixes-results-up", ADAPT, "given[kind].waitable, number, at, at", "given[kind].waitable, 0, at, at",
            "results-of-two-types"),
]


def build(tree, out):
    variant = out.name
    argv = ["make", "-s", "-C", tree, "all"] + ([] if variant == "release" else [f"V={variant}"])
    return subprocess.run(argv, capture_output=True, text=True)


def try_mutant(tree, out, mutant):
    name, file, old, new, argv, status, wanted = mutant
    path = tree / file
    text = path.read_text()
    path.write_text(text.replace(old, new, 1))
    built = build(tree, out)
    if old not in text or built.returncode:
        print(f"not ok mutant-{name}: cannot be built: {built.stderr[:300]}")
    else:
        done = subprocess.run([tree / "build/canon" if out.name == "release" else
                               tree / f"build/{out.name}/canon", *argv],
                              cwd=tree, capture_output=True, text=True)
        good = done.returncode == status and wanted in done.stdout + done.stderr
        print(f"ok mutant-{name}" if good else
              f"not ok mutant-{name}: status {done.returncode}: {(done.stdout + done.stderr)[:300]}")
    path.write_text(text)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "canon"
        tree.mkdir()
        for name in ("src", "spec", "tools", "testsuite/wast"):
            shutil.copytree(ROOT / name, tree / name)
        shutil.copy2(ROOT / "GNUmakefile", tree)
        for name in ("obj", "gen"):
            shutil.copytree(out / name, tree / "build" / out.name / name)
        for mutant in MUTANTS:
            try_mutant(tree, out, mutant)


main()
