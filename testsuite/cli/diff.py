#!/usr/bin/env python3
"""diff.py PROGRAM - does canon diff say what a runtime did, whatever that is, and whose fault it is? The
runtimes are testsuite/runtimes/fake, told to behave in one way or another. One line a case: "ok NAME",
or "not ok NAME" with the reason."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
FAKE = "testsuite/runtimes/fake"
DIR = pathlib.Path(tempfile.mkdtemp())
SCRIPT = DIR / "s.wast"
SCRIPT.write_text("""(component
  (core module $m
    (func (export "id") (param i32) (result i32) (local.get 0))
    (func (export "trap") unreachable))
  (core instance $i (instantiate $m))
  (func (export "id") (param "x" u32) (result u32) (canon lift (core func $i "id")))
  (func (export "trap") (canon lift (core func $i "trap"))))
(assert_return (invoke "id" (u32.const 7)) (u32.const 7))
(assert_return (invoke "id" (u32.const 8)) (u32.const 9))
(assert_trap (invoke "trap") "wasm `unreachable` instruction executed")
(assert_invalid (component (type (tuple))) "tuple type must have at least one type")
(assert_malformed (component quote "(sausage)") "")
""")
GOOD = ["invoke:trap=trap:wasm trap: wasm `unreachable` instruction executed",
        "define:d4=invalid:x", "define:d5=malformed:x"]
# Of a runtime that does what it should. The script is wrong in line 9.
CLASSES = ["agrees", "agrees", "script", "agrees", "agrees", "agrees"]


def canon(*args, status=1, env=None):
    done = subprocess.run([PROGRAM, "diff", *args], capture_output=True, timeout=60, cwd=ROOT,
                          text=True, env={**os.environ, **(env or {})})
    if done.returncode != status:
        raise AssertionError(f"status {done.returncode}, not {status}: "
                             f"{done.stderr[:300]}{done.stdout[:300]}")
    return done


def fake(*rules, env=None, **options):
    """The cells of a run with a fake that follows the rules, and is good otherwise."""
    env = {"CANON_FAKE": "\n".join([*rules, *GOOD]), **(env or {})}
    done = canon("--format", "json", "--answer", "2", "--runtime", f"f={FAKE}", SCRIPT, env=env,
                 **options)
    return [d["runtimes"][0] for d in json.loads(done.stdout)["files"][0]["directives"]]


def same(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r}, not {want!r}")


def classes(cells):
    return [c["class"] for c in cells]


def with_cell(i, name):
    return CLASSES[:i] + [name] + CLASSES[i + 1:]


def case_good():
    same("classes", classes(fake()), CLASSES)


def case_value_outside():
    cells = fake('invoke@1={"value": 5}')
    same("classes", classes(cells), with_cell(1, "outside"))
    same("did", cells[1]["did"], "returned (u32.const 5)")


def case_script_is_followed():
    cells = fake('invoke@2={"value": 9}')
    same("classes", classes(cells), CLASSES)
    same("why", cells[2]["why"], "the script expects what is not allowed, and the runtime does that")


def case_no_trap():
    same("classes", classes(fake('invoke:trap={"outcome": "returned"}')), with_cell(3, "outside"))


def case_other_trap():
    cells = fake("invoke:trap=trap:wasm trap: integer overflow")
    same("classes", classes(cells), with_cell(3, "wording"))
    same("why", cells[3]["why"], "its words are those of another reason")


def case_trap_by_its_cause():
    text = 'invoke:trap={"outcome": "trap", "text": "error at 0x1\\n  0: f\\n\\nCaused by:\\n  0: wasm trap: unreachable"}'
    same("classes", classes(fake(text)), CLASSES)


def case_unknown_words():
    cells = fake("invoke:trap=trap:boom")
    same("classes", classes(cells), with_cell(3, "wording"))
    same("why", cells[3]["why"], "its words are not known")


def case_malformed_for_invalid():
    same("classes", classes(fake("define:d4=malformed:x")), with_cell(4, "wording"))


def case_refused():
    same("classes", classes(fake("define:d4=refused:x", "define:d5=refused:y")), CLASSES)


def case_valid_after_all():
    same("classes", classes(fake("define:d4=outcome:done")), with_cell(4, "outside"))


def case_refuses_what_is_valid():
    lost = ["outside"] + ["unsupported"] * 3 + CLASSES[4:]
    cells = fake("define:d0=invalid:no")
    same("classes", classes(cells), lost)
    same("text", cells[1]["text"], "needs what line 1 did not make")


def broken(what, outcome, *words):
    """A runtime that breaks in the first call loses its instance; the run goes on."""
    def case():
        cells = fake(f"invoke@1={what}")
        same("classes", classes(cells), ["agrees", "outside"] + ["unsupported"] * 2 + CLASSES[4:])
        same("did", cells[1]["did"], outcome)
        for word in words:
            if word not in cells[1]["text"]:
                raise AssertionError(f"no {word!r} in {cells[1]['text']!r}")
        same("lost", cells[2]["text"], "needs what line 1 made, and line 8 lost")
    return case


case_crash = broken("crash", "crash", "signal 11")
case_abort = broken("abort", "crash", "signal 6")
case_exit = broken("exit:3", "crash", "status 3")
case_hang = broken("hang", "timeout", "2 seconds")
case_deaf = broken("deaf", "timeout")
case_close = broken("close", "crash")
case_garbage = broken("garbage", "garbage")
case_bytes = broken("bytes", "garbage")
case_half = broken("half", "crash", "status 0")
case_array = broken("array", "garbage")
case_huge = broken("huge:3000000", "garbage")
case_endless = broken("endless", "garbage", "does not end")
case_wrong_id = broken("wrong-id", "garbage", "another request")
case_no_id = broken("no-id", "garbage")


def case_value_of_another_type():
    cells = fake('invoke@1={"value": "seven"}')
    same("classes", classes(cells), with_cell(1, "outside"))
    same("did", cells[1]["did"], "garbage")


case_chatter = broken("chatter", "timeout")


def case_many_crashes():
    """Each start takes pipes, and gives them back."""
    many = DIR / "many.wast"
    module = '(component (core module $m (func (export "f"))) (core instance $i (instantiate $m))' \
             ' (func (export "f") (canon lift (core func $i "f"))))\n(assert_return (invoke "f"))\n'
    many.write_text(module * 30)
    done = subprocess.run(["sh", "-c", 'ulimit -n 20; exec "$@"', "sh", PROGRAM, "diff", "--format", "json",
                           "--runtime", f"f={FAKE}", many], capture_output=True, text=True, cwd=ROOT,
                          env={**os.environ, "CANON_FAKE": "invoke=crash"}, timeout=120)
    rows = json.loads(done.stdout)["files"][0]["directives"]
    same("did", [r["runtimes"][0]["did"] for r in rows], ["done", "crash"] * 30)


def case_noise():
    same("classes", classes(fake("invoke@1=noise:1000000")), CLASSES)


def case_adapter_fails():
    same("classes", classes(fake("invoke@1=error:oops", status=3)), with_cell(1, "error"))


def case_no_such_outcome():
    same("classes", classes(fake("invoke@1=outcome:sausage", status=3)), with_cell(1, "error"))


def case_outcome_of_another_request():
    same("classes", classes(fake("invoke@1=outcome:done", status=3)), with_cell(1, "error"))


def case_unsupported():
    same("classes", classes(fake("invoke@1=unsupported:no")), with_cell(1, "unsupported"))


def case_validator():
    cells = fake('hello={"accepts": ["binary", "text"]}', status=0)
    same("classes", classes(cells),
         ["agrees"] + ["unsupported"] * 3 + ["agrees"] * 2)


def case_feature():
    cells = fake('hello={"features": []}')
    same("classes", classes(cells), CLASSES)


def case_feature_that_cannot_be_switched_off():
    script = DIR / "off.wast"
    script.write_text('(assert_invalid (component (type error-context)) "feature disabled")\n')
    for always, want, status in ([], "outside", 1), (["error-context"], "unsupported", 4):
        done = canon("--format", "json", "--no-feature", "error-context", "--runtime", f"f={FAKE}",
                     script, status=status,
                     env={"CANON_FAKE": 'hello={"always": %s}' % json.dumps(always)})
        row = json.loads(done.stdout)["files"][0]["directives"][0]
        same(str(always), row["runtimes"][0]["class"], want)


def case_doubt():
    wrong = 'invoke@1={"value": 5}'
    done = canon("--format", "json", "--runtime", f"a={FAKE}", "--runtime", f"b={FAKE}", SCRIPT,
                 env={"CANON_FAKE": "\n".join([wrong, "invoke:trap=crash", *GOOD])})
    rows = json.loads(done.stdout)["files"][0]["directives"]
    same("both", [c["class"] for c in rows[1]["runtimes"]], ["in doubt"] * 2)
    same("crashes", [c["class"] for c in rows[3]["runtimes"]], ["outside"] * 2)


def case_doubt_with_the_script():
    done = canon("--format", "json", "--runtime", f"a={FAKE}", "--runtime", f"b={FAKE}", SCRIPT,
                 env={"CANON_FAKE": "\n".join(['invoke@2={"value": 9}', *GOOD])})
    rows = json.loads(done.stdout)["files"][0]["directives"]
    same("both", [c["class"] for c in rows[2]["runtimes"]], ["in doubt"] * 2)


def case_script_runner():
    rules = ['hello={"accepts": ["script"]}', "script@1=failed:9:it says 8"]
    cells = fake(*rules)
    same("classes", classes(cells), CLASSES)
    same("line 9", cells[2]["did"], "fails")
    same("line 8", cells[1]["did"], "passes")


def case_annotations_may_be_ignored():
    custom = DIR / "custom.wast"
    custom.write_text('(assert_malformed_custom (module quote "(func (@name))") "unexpected token")\n')
    done = canon("--format", "json", "--runtime", f"f={FAKE}", custom, status=0)
    same("class", json.loads(done.stdout)["files"][0]["directives"][0]["runtimes"][0]["class"], "agrees")


def case_script_runner_is_exhausted_in_other_words():
    deep = DIR / "deep.wast"
    deep.write_text('(module (func $f (export "f") (call $f)))\n'
                    '(assert_exhaustion (invoke "f") "call stack exhausted")\n')
    words = '{"outcome": "failed", "line": 2, "how": "words", "text": "no more stack"}'
    done = canon("--format", "json", "--runtime", f"f={FAKE}", deep, status=0,
                 env={"CANON_FAKE": 'hello={"accepts": ["script"]}\nscript@1=' + words})
    cell = json.loads(done.stdout)["files"][0]["directives"][1]["runtimes"][0]
    same("cell", (cell["class"], cell["did"]), ("agrees", "exhausted"))


def case_script_runner_fails():
    cells = fake('hello={"accepts": ["script"]}', "script@1=failed:1:no", "script@2=failed:11:no")
    same("classes", classes(cells), ["outside"] + ["unsupported"] * 3 + ["outside", "agrees"])


def case_script_runner_fails_where_nothing_is():
    cells = fake('hello={"accepts": ["script"]}', "script@1=failed:1:no", "script@2=failed:9:no",
                 status=3)
    same("classes", classes(cells), ["outside"] + ["unsupported"] * 3 + ["error"] * 2)


def case_script_runner_crashes():
    cells = fake('hello={"accepts": ["script"]}', "script=crash")
    same("classes", classes(cells), ["outside"] + ["unsupported"] * 5)


def case_again():
    env = {"CANON_FAKE": "\n".join(['invoke@1={"value": 5}', *GOOD])}
    done = canon("--runtime", f"f={FAKE}", SCRIPT, env=env)
    again = [line.split(None, 1)[1] for line in done.stdout.splitlines() if "again" in line]
    same("cells", len(again), 2)
    one = subprocess.run(["sh", "-c", again[0]], capture_output=True, text=True, cwd=ROOT,
                         env={**os.environ, **env})
    same("status", one.returncode, 1)
    same("cells of one", one.stdout.count("again"), 1)
    if "did       returned (u32.const 5)" not in one.stdout:
        raise AssertionError(one.stdout)


def case_page():
    page = canon("--format", "html", "--runtime", f"f={FAKE}", SCRIPT,
                 env={"CANON_FAKE": "\n".join(GOOD)}).stdout
    for word in ("canon diff", "assert_malformed", "script"):
        if word not in page:
            raise AssertionError(f"no {word} in the page")


def case_also():
    page, text = DIR / "a.html", DIR / "a.txt"
    done = canon("--format", "json", "--also", f"html={page}", "--also", f"human={text}", "--runtime",
                 f"f={FAKE}", SCRIPT, env={"CANON_FAKE": "\n".join(GOOD)})
    same("classes", classes([d["runtimes"][0] for d in json.loads(done.stdout)["files"][0]["directives"]]),
         CLASSES)
    same("page", "canon diff" in page.read_text(), True)
    same("text", "f 1: 5 agrees" in text.read_text(), True)
    canon("--also", f"html={DIR}/nowhere/x", "--runtime", f"f={FAKE}", SCRIPT, status=3,
          env={"CANON_FAKE": "\n".join(GOOD)})


def case_not_installed():
    done = canon("--runtime", "f=/nowhere/fake", SCRIPT, status=2)
    if "/nowhere/fake: No such file" not in done.stderr:
        raise AssertionError(done.stderr)


def case_no_hello():
    done = canon("--runtime", f"f={FAKE} hello=crash", SCRIPT, status=2)
    if "signal 11" not in done.stderr:
        raise AssertionError(done.stderr)


def case_unknown_runtime():
    done = canon("--runtime", "sausage", SCRIPT, status=2)
    if "has no runtime sausage" not in done.stderr:
        raise AssertionError(done.stderr)


def case_no_runtime():
    canon(SCRIPT, status=2)


def case_nothing():
    empty = DIR / "empty.wast"
    empty.write_text("")
    canon("--runtime", f"f={FAKE}", empty, status=4)


def case_no_script():
    bad = DIR / "bad.wast"
    bad.write_text("(module")
    canon("--runtime", f"f={FAKE}", bad, status=4)


def main():
    for name, case in [(n[5:], f) for n, f in globals().items() if n.startswith("case_")]:
        try:
            case()
            print(f"ok diff-{name}")
        except Exception as error:  # whatever it is, the next case runs
            print(f"not ok diff-{name}: {type(error).__name__}: {error}".replace("\n", " "))
    shutil.rmtree(DIR)


main()
