#!/usr/bin/env python3
"""reduce.py PROGRAM - does canon reduce keep what it is asked to keep, and nothing else? The runtimes are
testsuite/runtimes/fake, told to behave in one way or another. One line a case: "ok NAME", or "not ok
NAME" with the reason."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
FAKE = "testsuite/runtimes/fake"
DIR = pathlib.Path(tempfile.mkdtemp())
TMP = DIR / "tmp"
TMP.mkdir()
SCRIPT = DIR / "s.wast"
SCRIPT.write_text(""";;! multi_memory = true
;; A comment.
(component $other
  (core module $m (func (export "id") (param i32) (result i32) (local.get 0)))
  (core instance $i (instantiate $m))
  (func (export "id") (param "x" u32) (result u32) (canon lift (core func $i "id"))))
(assert_return (invoke "id" (u32.const 3)) (u32.const 3))
(component $needed
  (core module $m
    (memory 1)
    (func (export "id") (param i32) (result i32) (drop (i32.load (i32.const 8))) (local.get 0))
    (func (export "trap") (drop (i32.const 5)) unreachable))
  (core instance $i (instantiate $m))
  (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "id")))
  (func (export "trap") (canon lift (core func $i "trap"))))
(assert_return (invoke "f" (u32.const 7)) (u32.const 7))
(assert_trap (invoke "trap") "wasm `unreachable` instruction executed")
(assert_return (invoke $other "id" (u32.const 8)) (u32.const 9))
""")


def run(*args, status=0, env=None, timeout=120):
    done = subprocess.run([PROGRAM, "reduce", *map(str, args)], capture_output=True, timeout=timeout,
                          cwd=ROOT, text=True, env={**os.environ, "TMPDIR": str(TMP), **(env or {})})
    if done.returncode != status:
        raise AssertionError(f"status {done.returncode}, not {status}: "
                             f"{done.stderr[:300]}{done.stdout[:300]}")
    if list(TMP.iterdir()):
        raise AssertionError(f"left behind: {list(TMP.iterdir())}")
    return done


def fake(*rules, options=(), **others):
    env = {"CANON_FAKE": "\n".join(rules)}
    return run("--answer", "2", "--runtime", f"f={FAKE}", *options, SCRIPT, env=env, **others).stdout


def same(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r}, not {want!r}")


def has(text, *words):
    for word in words:
        if word not in text:
            raise AssertionError(f"no {word!r} in {text}")


def body(text):
    return [line for line in text.splitlines() if not line.startswith(";;")]


def directives(text):
    return [line.split()[0] for line in body(text) if line.startswith("(")]


def case_runtime():
    text = fake('invoke:f={"value": 5}')
    same("directives", directives(text), ["(component", "(assert_return"])
    has(text, "f 1: outside", "did       returned (u32.const 5)", "allowed   returned (u32.const",
        'canon lift (core func', '(invoke "f"', "line 16 (6 directives to 2)")
    for word in ("multi_memory", "memory", "i32.load", '"trap"', "A comment"):
        if word in "\n".join(body(text)):
            raise AssertionError(f"{word} is left: {text}")


def case_runtime_again():
    out = DIR / "out.wast"
    env = {"CANON_FAKE": 'invoke:f={"value": 5}'}
    done = run("--runtime", f"f={FAKE}", "-o", out, SCRIPT, env=env)
    same("output", done.stdout, "")
    again = re.search(r"^;; Again: canon (.*)$", out.read_text(), re.M).group(1)
    one = subprocess.run(["sh", "-c", f"'{PROGRAM}' {again}"], capture_output=True, text=True, cwd=ROOT,
                         env={**os.environ, **env})
    same("status", one.returncode, 1)
    has(one.stdout, "outside ", "returned (u32.const 5)")


def case_same_class_is_kept():
    """Another class would come sooner: without the argument the fake returns what is right."""
    text = fake('invoke:f=trap:out of bounds', "invoke:trap={}")
    has(text, "did       trap", "says      out of bounds", '(invoke "f"')


def case_same_words_are_kept():
    """Of the text of the runtime all stays but numbers."""
    out = fake('invoke:f=trap:word 17 is wrong')
    has(out, "says      word 17 is wrong")


def case_crash():
    text = fake("invoke:f=crash")
    same("directives", directives(text), ["(component", "(assert_return"])
    has(text, "did       crash", "signal 11")


def case_hang():
    env = {"CANON_FAKE": "invoke:f=hang"}
    done = run("--answer", "1.5", "--tries", "6", "--runtime", f"f={FAKE}", SCRIPT, env=env)
    has(done.stdout, "did       timeout", "it was ended before it was through")
    has(done.stderr, "6 scripts tried, ended early")


def case_filter():
    text = fake('invoke:f={"value": 5}', "invoke:trap={}", options=["--filter", ":17:"])
    has(text, "(assert_trap", "did       returned no value")
    same("directives", directives(text), ["(component", "(assert_trap"])


def case_not_each_time():
    once = DIR / "once"
    env = {"CANON_FAKE": 'invoke:f=crash'}
    done = run("--runtime", f"f={FAKE} --once {once}", SCRIPT, env=env, status=1)
    has(done.stderr, "not show the same each time")


def case_outcome():
    done = run(SCRIPT)
    same("body", body(done.stdout)[-1],
         '(assert_return (invoke "id" (u32.const 8)) (u32.const 9))')
    has(done.stdout, "canon run: fail", "actual    (u32.const 8)", "canon run --filter")
    same("directives", directives(done.stdout), ["(component", "(assert_return"])


def case_outcome_of_a_pass():
    text = run("--filter", ":17:", SCRIPT).stdout
    has(text, "canon run: pass", "(assert_trap", "unreachable")


def case_deterministic():
    same("text", run(SCRIPT).stdout, run(SCRIPT).stdout)


def case_leaning():
    text = run("--leaning", "testsuite/explore/two-threads.wast").stdout
    has(text, "canon explore: holds in some", "canon explore --filter")


def case_command():
    text = run("--command", "grep -q 'i32.load (i32'", SCRIPT).stdout
    same("body", body(text), ["(i32.load (i32.const))"])


def case_command_that_hangs():
    start = time.time()
    done = run("--timeout", "0.2", "--command", "sleep 77 & sleep 77 #", SCRIPT, status=1)
    has(done.stderr, "it does not show the same each time")
    if time.time() - start > 20:
        raise AssertionError("it took too long")
    if subprocess.run(["pgrep", "-fx", "sleep 77"], capture_output=True).stdout:
        raise AssertionError("processes are left")


def case_interrupt():
    process = subprocess.Popen([PROGRAM, "reduce", "--command", "sleep 0.05 && grep -q u32", SCRIPT],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
                               env={**os.environ, "TMPDIR": str(TMP)})
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    same("status", process.returncode, 0)
    has(out, "u32", "it was ended before it was through")
    same("left", list(TMP.iterdir()), [])


def case_nothing():
    good = DIR / "good.wast"
    good.write_text("(module)")
    has(run(good, status=1).stderr, "no directive shows anything")
    has(run("--leaning", good, status=1).stderr, "no directive shows anything")


def case_no_script():
    bad = DIR / "bad.wast"
    bad.write_text("(module")
    has(run(bad, status=1).stderr, "bad.wast: unexpected token")
    fields = DIR / "fields.wast"
    fields.write_text("(func (result i32))")
    has(run(fields, status=1).stderr, "no directive shows anything")
    empty = DIR / "empty.wast"
    empty.write_text("")
    has(run(empty, status=1).stderr, "no directive shows anything")


def case_usage():
    run(SCRIPT, SCRIPT, status=2)
    run(status=2)
    run("--leaning", "--command", "true", SCRIPT, status=2)
    run("--runtime", "sausage", SCRIPT, status=2)
    run("--tries", "0", SCRIPT, status=2)
    run(DIR / "nowhere.wast", status=2)


def main():
    for name, case in [(n[5:], f) for n, f in globals().items() if n.startswith("case_")]:
        try:
            case()
            print(f"ok reduce-{name}")
        except Exception as error:  # whatever it is, the next case runs
            print(f"not ok reduce-{name}: {type(error).__name__}: {error}".replace("\n", " "))
    shutil.rmtree(DIR)


main()
