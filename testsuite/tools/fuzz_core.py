#!/usr/bin/env -S python3 -B
"""fuzz_core.py - tests of tools/fuzz/core that need no other engine: are the modules of expressions
valid, and does it ask wasmtime for just what canon answers? One line a case: "ok NAME", or "not ok NAME"
with the reason.

Usage: testsuite/tools/fuzz_core.py PROGRAM"""
import importlib.machinery
import importlib.util
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools/fuzz"), str(ROOT / "tools")]
import smith  # noqa: E402
import trees  # noqa: E402

CALL = '(invoke $m "f")'
# name, how, outcome, what canon says, what wasmtime has to hold
ANSWERS = [
    ("module", "module", "pass", "", CALL),
    ("values", "action", "fail", "(i32.const 1) (f64.const -inf)",
     f"(assert_return {CALL} (i32.const 1) (f64.const -inf))"),
    ("no-value", "action", "fail", "no value", f"(assert_return {CALL})"),
    ("nan", "action", "fail", "(f32.const nan (;0x7f812345;))", f"(assert_return {CALL} (f32.const nan:0x12345))"),
    ("minus-nan", "action", "fail", "(f64.const -nan (;0xfff8000000000000;))",
     f"(assert_return {CALL} (f64.const -nan:0x8000000000000))"),
    ("null", "action", "fail", "(ref.null externref)", f"(assert_return {CALL} (ref.null extern))"),
    ("trap", "action", "fail", "trap undefined-element: undefined element 7",
     f'(assert_trap {CALL} "undefined element")'),
    ("module-traps", "module", "fail", "trap unreachable: unreachable", f'(assert_trap {CALL} "unreachable")'),
    ("exception", "action", "fail", "exception uncaught-exception: an exception was not caught",
     f"(assert_exception {CALL})"),
    ("exhausted", "action", "fail", "exhausted call-stack-exhausted: call stack exhausted",
     "Stop: canon: call-stack-exhausted: call stack exhausted"),
    ("unsupported", "action", "unsupported", "unsupported gc: not built", "Stop: unsupported"),
    ("refused", "module", "fail", "invalid type-mismatch: expected i32 (at byte 0x3e8)",
     "Difference: canon: invalid type-mismatch: expected iN (at byte N)"),
    ("error", "action", "error", "internal: at 7", "Difference: canon: internal: at N"),
]


def load():
    loader = importlib.machinery.SourceFileLoader("core", str(ROOT / "tools/fuzz/core"))
    spec = importlib.util.spec_from_loader("core", loader)
    core = importlib.util.module_from_spec(spec)
    loader.exec_module(core)
    return core


def answered(core, how, outcome, actual):
    try:
        return core.answer(core.Line(how, CALL, 1), {"outcome": outcome, "actual": actual}, loose=False)
    except (core.Stop, core.Difference) as e:
        return f"{type(e).__name__}: {e}"


def say(name, good, why):
    print(f"ok {name}" if good else f"not ok {name}: {why}")
    return good


def valid(program, number, folder):
    """Whether canon takes the module of expressions of this number."""
    draw = random.Random(number)
    features = smith.features_drawn(draw, smith.FEATURES)
    numbers = [t for t in smith.types(features) if t not in smith.HEAPS]
    functions = [(f"f{i}", draw.choices(numbers, k=2), draw.choices(numbers, k=1)) for i in range(4)]
    file = folder / f"{number}.wat"
    file.write_text(trees.Trees(draw, features, functions, smith.value).text())
    done = subprocess.run([program, "validate", file], capture_output=True, text=True)
    return say(f"expressions-{number}", done.returncode == 0, done.stdout + done.stderr)


def exports(module):
    """How many exports a module has."""
    return sum(smith.read_leb(data, 0)[0] for id, data in smith.sections(module) if id == smith.EXPORTS)


def globals_exported(program, folder):
    text, binary = folder / "g.wat", folder / "g.wasm"
    text.write_text('(module (import "a" "g" (global i32)) (global i32 (i32.const 1)) (global i64 (i64.const 2))'
                    ' (func (export "f")))')
    subprocess.run([program, "encode", text, "-o", binary], check=True)
    module, names = smith.export_globals(binary.read_bytes(), 1)
    binary.write_bytes(module)
    done = subprocess.run([program, "validate", binary], capture_output=True)
    return say("globals-exported", names == ["x0", "x1", "x2"] and exports(module) == 4
               and done.returncode == 0, (names, exports(module), done.stdout))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    core, program, good = load(), pathlib.Path(sys.argv[1]).resolve(), True
    for name, how, outcome, actual, wanted in ANSWERS:
        got = answered(core, how, outcome, actual)
        good &= say(f"answer-{name}", got == wanted, got)
    with tempfile.TemporaryDirectory() as folder:
        good &= globals_exported(program, pathlib.Path(folder))
        for number in range(20):
            good &= valid(program, number, pathlib.Path(folder))
    sys.exit(0 if good else 1)


main()
