#!/usr/bin/env python3
"""reports.py PROGRAM - are the reports of canon run what their readers expect, whatever a script and its
path hold? One line a case: "ok NAME", or "not ok NAME" with the reason."""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS_DIR = ROOT / "testsuite/wast/traps"
DIR = pathlib.Path(tempfile.mkdtemp())

# Of every outcome one, in two files, of which the first has a name that no format likes.
HOSTILE = b"<&]]>\x01\xff \xef\xbf\xbf::x=1,%0A #| *a* \"'.wast"
SCRIPTS = {
    HOSTILE: b"""(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 2))
(assert_return (invoke "f") (i32.const 3))
(assert_return (invoke "f") (i32.const 1))
(assert_return (invoke "<&]]>\\00\\01\\1b\\7f\\85\\ff\\ef\\bf\\bf\\n::error::x\\n# | <b>") (i32.const 1))
""",
    b"b.wast": b"""(module (func (drop (i32.atomic.load (i32.const 0)))))
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
""",
}
KNOWN = "file\tline\twhy\nb.wast\t3\tnever # | </skipped>\n"
OUTCOMES = ["pass", "fail", "xfail", "pass", "error", "unsupported", "pass", "xpass"]


def run(*args, status=1, env=None):
    done = subprocess.run([PROGRAM, "run", *args], capture_output=True, timeout=60, cwd=DIR,
                          env={**os.environ, **(env or {})})
    if done.returncode != status:
        raise AssertionError(f"status {done.returncode}, not {status}: {done.stderr.decode()}")
    return done.stdout


def report(fmt, *args, **options):
    return run("--format", fmt, "--expectations", "known.tsv", *args, HOSTILE, "b.wast", **options)


def same(what, got, want):
    if got != want:
        raise AssertionError(f"{what}: {got!r}, not {want!r}")


def case_json():
    r = json.loads(report("json"))
    same("outcomes", [d["outcome"] for f in r["files"] for d in f["directives"]], OUTCOMES)


def case_junit():
    root = ElementTree.fromstring(report("junit"))
    name = HOSTILE.decode("utf-8", "replace").replace("\x01", "\ufffd").replace("\uffff", "\ufffd")
    same("suites", [s.get("name") for s in root], [name, "b.wast"])
    found = []
    for suite in root:
        cases = suite.findall("testcase")
        same("properties", [p.get("name") for p in suite.find("properties")],
             ["canon", "specification", "profile", "seed"])
        same("tests", suite.get("tests"), str(len(cases)))
        for element, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            same(count, suite.get(count), str(len(suite.findall(f"testcase/{element}"))))
        same("classname", {c.get("classname") for c in cases}, {suite.get("name")})
        found += [c[0].tag if len(c) else "" for c in cases]
    same("elements", found,
         ["", "failure", "skipped", "", "error", "skipped", "", "failure"])
    for attribute, wanted in (("tests", 8), ("failures", 2), ("errors", 1), ("skipped", 2)):
        same(attribute, root.get(attribute), str(wanted))
    messages = [e.get("message") for e in root.iterfind("testsuite/testcase/*")]
    same("fail", messages[0], "expected (i32.const 2), got (i32.const 1)")
    same("xfail", messages[1], "known to fail: it is 1\u2028")
    same("xpass", messages[4], "passes, but is known to fail: never # | </skipped>")
    if "expected: (i32.const 2)\nactual: (i32.const 1)\nagain: " not in root[0][2][0].text:
        raise AssertionError(root[0][2][0].text)


def case_tap():
    lines = report("tap").decode().split("\n")
    same("version", lines[0], "TAP version 14")
    same("plan", lines[1], "1..8")
    points = [m for m in map(re.compile(r"(ok|not ok) (\d+) - (.*)$").match, lines) if m]
    same("numbers", [int(m[2]) for m in points], list(range(1, 9)))
    same("verdicts", [m[1] for m in points],
         ["ok", "not ok", "not ok", "ok", "not ok", "ok", "ok", "not ok"])
    marks = [(re.findall(r" # (\w+) ", m[3]) or [""])[0] for m in points]
    same("directives", marks, ["", "", "TODO", "", "", "SKIP", "", ""])
    blocks = [i for i, line in enumerate(lines) if line == "  ---"]
    same("blocks", len(blocks), 4)
    for i in blocks:
        block = lines[i + 1:lines.index("  ...", i)]
        members = dict(line.strip().split(": ", 1) for line in block)
        for key in ("outcome", "phase", "expected", "again"):
            if not json.loads(members[key]):  # what is written there is JSON, too
                raise AssertionError(f"no {key} in {block}")
    rest = [line for line in lines[2:-1] if not line.startswith(("  ", "ok ", "not ok ", "# canon "))]
    same("other lines", rest, [])


def commands(text):
    """What the runner of GitHub makes of it: (command, properties, message)."""
    for line in text.split("\n"):
        found = re.match(r"::(\w+) ?(.*?)::(.*)$", line)
        if found:
            values = dict(p.split("=", 1) for p in found[2].split(","))
            yield found[1], {k: decode(v) for k, v in values.items()}, decode(found[3])


def decode(text):
    for code in ("%0D", "%0A", "%3A", "%2C", "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def case_github():
    text = report("github", env={"GITHUB_STEP_SUMMARY": str(DIR / "summary")}).decode()
    found = list(commands(text))
    same("commands", [c for c, _, _ in found], ["error"] * 3)
    same("titles", [p["title"] for _, p, _ in found],
         ["fail: assert_return", "error: assert_return", "xpass: assert_return"])
    same("places", [(p["line"], p["col"]) for _, p, _ in found], [("2", "1"), ("5", "1"), ("3", "1")])
    same("keys", {tuple(p) for _, p, _ in found}, {("file", "line", "col", "title")})
    same("message", found[0][2].split("\n")[:2], ["expected: (i32.const 2)", "actual: (i32.const 1)"])
    same("last line", text.split("\n")[-2],
         "2 files, 8 directives: 3 pass, 1 fail, 1 unsupported, 1 error, 1 xfail, 1 xpass")
    same("lines", len(text.split("\n")), 5)
    summary = (DIR / "summary").read_text().split("\n")
    rows = [line for line in summary if line.startswith("|")]
    same("rows", [row.split("|")[1].strip() for row in rows],
         ["outcome", "---", "fail", "error", "xpass"])
    same("columns", {row.count("|") for row in rows}, {5})
    report("github", env={"GITHUB_STEP_SUMMARY": str(DIR / "summary")})
    same("appended", (DIR / "summary").read_text().count("### "), 2)


def case_github_workspace():
    path = DIR / "b.wast"
    text = run("--format", "github", "--expectations", "known.tsv", path,
               env={"GITHUB_WORKSPACE": str(DIR), "GITHUB_STEP_SUMMARY": ""}).decode()
    same("path", [p["file"] for _, p, _ in commands(text)], ["b.wast"])


class Page(html.parser.HTMLParser):
    """The tags of a page, and the text inside of some of them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.inside = {}, {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.inside = dict(attributes).get("class", tag)
        self.texts.setdefault(self.inside, []).append("")

    def handle_data(self, data):
        if self.inside:
            self.texts[self.inside][-1] += data

    def handle_endtag(self, tag):
        self.inside = None


def case_html():
    text = report("html").decode()
    page = Page(text)
    same("tags", set(page.tags), set(
        "html meta title style script h1 p form fieldset legend label input span button main div small "
        "details summary table thead tbody tr th td dl dt dd".split()))
    same("rows", [page.tags["details"], page.tags["tbody"]], [2, 8])
    name = HOSTILE.decode("utf-8", "replace").replace("\x01", "\ufffd").replace("\uffff", "\ufffd")
    same("paths", page.texts["path"], [name, "b.wast"])
    same("classes", re.findall(r'<tbody data-classes="(\d)">', text), list("01504306"))
    if not any("never # | </skipped>" in t for t in page.texts["dd"]):
        raise AssertionError(page.texts["dd"])
    for part in ("grid.js", "grid.css"):
        if (ROOT / "src/script" / part).read_text() not in text:
            raise AssertionError(f"{part} is not in the page as it is")
    if re.search(r"(src|href)=|url\(|@import", text):
        raise AssertionError("the page asks for something else")


def case_line_ends():
    """A path with a line end, which the expectations cannot hold."""
    path = DIR / "n\r\nok 9 - x\n::error::x.wast"
    path.write_bytes(SCRIPTS[HOSTILE])
    lines = run("--format", "tap", path.name).decode().split("\n")
    same("tap", sum(line.startswith(("ok", "not ok")) for line in lines), 5)
    found = list(commands(run("--format", "github", path.name).decode()))
    same("github", [p["file"] for _, p, _ in found], [path.name] * 3)
    same("junit", ElementTree.fromstring(run("--format", "junit", path.name))[0].get("name"), path.name)


def case_jobs():
    """In several processes the same comes out, in the same order."""
    for fmt in ("human", "json", "tap"):
        want = run("--format", fmt, "--traps", "one", "--seed", "2", SCRIPTS_DIR, "b.wast", HOSTILE)
        for jobs in ("2", "5", "256"):
            got = run("--format", fmt, "--traps", "more", "--seed", "2", "--jobs", jobs, SCRIPTS_DIR,
                      "b.wast", HOSTILE)
            same(f"{fmt} by {jobs}", got, want)
            same("traps", (DIR / "more").read_text(), (DIR / "one").read_text())


def case_jobs_and_expectations():
    same("outcomes", report("json", "--jobs", "2"), report("json"))


def case_dead_worker():
    """The system ends a process that runs for more than a second; the others go on."""
    (DIR / "loop.wast").write_text('(module (func (export "f") (loop (br 0))))\n(invoke "f")\n')
    done = subprocess.run(
        ["sh", "-c", 'ulimit -S -t 1; exec "$@"', "sh", PROGRAM, "run", "--jobs", "2", "--timeout", "0",
         "--format", "json", "b.wast", "loop.wast", "b.wast"], capture_output=True, timeout=60, cwd=DIR)
    same("status", done.returncode, 3)
    files = json.loads(done.stdout)["files"]
    same("files", [f["file"] for f in files], ["b.wast", "loop.wast", "b.wast"])
    same("others", [[d["outcome"] for d in files[i]["directives"]] for i in (0, 2)],
         [["unsupported", "pass", "pass"]] * 2)
    same("records", len(files[1]["directives"]), 1)
    record = files[1]["directives"][0]
    same("outcome", record["outcome"], "error")
    if "the worker process died: signal 24" not in record["actual"]:
        raise AssertionError(record)


def case_no_worker_outlives():
    """Who ends the program ends its workers: nobody holds its standard output any more."""
    (DIR / "loop.wast").write_text('(module (func (export "f") (loop (br 0))))\n(invoke "f")\n')
    with subprocess.Popen([PROGRAM, "run", "--jobs", "2", "--timeout", "30", "loop.wast", "loop.wast"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=DIR) as running:
        time.sleep(0.5)
        running.terminate()
        running.communicate(timeout=10)
        same("status", running.returncode, -15)


def case_shards():
    """Together they are the whole, and none is empty before its time."""
    whole = json.loads(run("--format", "json", SCRIPTS_DIR, "b.wast", status=0))["files"]
    for n in (1, 2, 3):
        parts = [json.loads(run("--format", "json", "--shard", f"{i}/{n}", SCRIPTS_DIR, "b.wast", status=0))
                 for i in range(1, n + 1)]
        sizes = [len(p["files"]) for p in parts]
        if max(sizes) - min(sizes) > 1:
            raise AssertionError(f"sizes {sizes}")
        files = sorted((f for p in parts for f in p["files"]), key=lambda f: f["file"])
        same(f"of {n}", files, sorted(whole, key=lambda f: f["file"]))
    root = ElementTree.fromstring(run("--format", "junit", "--shard", "2/2", "b.wast", status=0))
    same("empty", len(root), 0)
    run("--shard", "1/2", "none", status=4)
    run("--shard", "1/1", "--filter", "no-such-place", "b.wast", status=4)
    for wrong in ("0/1", "2/1", "1/0", "1", "1/", "/1", "a/b", "1/2x", "-1/2", "1/2/3"):
        run("--shard", wrong, "b.wast", status=2)
    for wrong in ("0", "257", "x", "-1", "18446744073709551617"):
        run("--jobs", wrong, "b.wast", status=2)


UPDATED = b"""(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 2))
(assert_return (invoke "f") (i32.const 1))
(assert_return (invoke "f") (i32.const 1)) (assert_return (invoke "f") (i32.const 3))
(assert_return (invoke "f") (i32.const 4))

"""


def update(table, *args, status=0):
    path = DIR / "update.tsv"
    if table is not None:
        path.write_text(table)
    run("--expectations", path, "--update-expectations", *args, status=status)
    return path.read_text()


def case_update():
    (DIR / "sub").mkdir()
    (DIR / "sub/u.wast").write_bytes(UPDATED)
    (DIR / "sub/v.wast").write_bytes(UPDATED)
    whole = ("file\tline\twrong\twhy\n# about u\n"
             "u.wast\t2\tscript\tkept\nu.wast\t3\t\tpasses\n\nu.wast\t4\tscript\tone of two\n"
             "# about others\nsub/w.wast\t7\t\tnot run\nu.wast\t6\t\tnothing starts here\n")
    got = ("file\tline\twrong\twhy\n# about u\n"
           "u.wast\t2\tscript\tkept\nu.wast\t4:44\tscript\tone of two\n"
           "u.wast\t5\t\texpected (i32.const 4), got (i32.const 1)\n"
           "\n# about others\nsub/w.wast\t7\t\tnot run\n")
    same("table", update(whole, "sub/u.wast"), got)
    run("--expectations", "update.tsv", "sub/u.wast", status=0)
    before = (DIR / "update.tsv").stat().st_ino
    same("again", update(None, "sub/u.wast", "--jobs", "2"), got)
    same("written again", (DIR / "update.tsv").stat().st_ino, before)
    same("another file", update(None, "sub").removeprefix(got).split("\n")[0],
         "v.wast\t2\t\texpected (i32.const 2), got (i32.const 1)")
    run("--expectations", "update.tsv", "sub", status=0)


def case_update_with_filter():
    """What was not reported is not judged."""
    table = "file\tline\nu.wast\t3\nu.wast\t5\nu.wast\t6\n"
    same("table", update(table, "--filter", ":3:", "sub/u.wast"), "file\tline\nu.wast\t5\nu.wast\t6\n")


def case_update_from_nothing():
    (DIR / "update.tsv").unlink()
    lines = update(None, "./sub", DIR / "sub/v.wast").split("\n")
    same("header", lines[0], "file\tline\twhy")
    same("rows", [line.split("\t")[:2] for line in lines[1:4]],
         [["sub/u.wast", "2"], ["sub/u.wast", "4:44"], ["sub/u.wast", "5"]])
    run("--expectations", "update.tsv", "sub", status=0)
    run("--update-expectations", "sub", status=2)
    run("--update-expectations", "--expectations", "no-folder/x.tsv", "sub", status=3)
    run("--update-expectations", "--expectations", "/dev/null", "sub", status=3)


def case_update_leaves_errors():
    """An error is no failure that could be known; a table with a mistake is not touched."""
    path = DIR / "update.tsv"
    (DIR / "e.wast").write_text('(assert_return (invoke "none"))\n')
    same("table", update("file\tline\ne.wast\t1\n", "e.wast", status=1), "file\tline\ne.wast\t1\n")
    (DIR / "broken.wast").write_text("(module")
    table = "file\tline\nbroken.wast\t5\n"
    same("broken", update(table, "broken.wast", status=1), table)
    for wrong in ("e.wast\t0", "e.wast\t1:", "e.wast\t1:0", "e.wast\t1:2:3", "e.wast\t+1", "\t1", "e.wast"):
        same("wrong", update(f"file\tline\n{wrong}\n", "sub", status=2), f"file\tline\n{wrong}\n")


def case_update_keeps_the_file():
    """Its rights, and the link that leads to it; nothing else is left in the folder."""
    (DIR / "links").mkdir()
    (DIR / "links/real.tsv").write_text("file\tline\n")
    (DIR / "links/real.tsv").chmod(0o640)
    (DIR / "links/link.tsv").symlink_to("real.tsv")
    run("--update-expectations", "--expectations", "links/link.tsv", "sub/u.wast", status=0)
    same("text", (DIR / "links/real.tsv").read_text(), "file\tline\nsub/u.wast\t2\nsub/u.wast\t4:44\n"
         "sub/u.wast\t5\n")
    same("rights", (DIR / "links/real.tsv").stat().st_mode & 0o777, 0o640)
    same("folder", sorted(p.name for p in (DIR / "links").iterdir()), ["link.tsv", "real.tsv"])


def case_workflow():
    """The step of the workflow that runs the scripts, as the shell of the runner gets it."""
    text = (ROOT / "tools/ci/canon.yml").read_text()
    step = re.search(r"- name: Run the scripts\n +run: \|\n((?: {10}.*\n)+)", text)[1]
    home = DIR / "checkout"
    home.mkdir()
    (home / "test").mkdir()
    (home / ".canon/build").mkdir(parents=True)
    (home / ".canon/build/canon").symlink_to(PROGRAM)
    (home / "known.tsv").write_text(KNOWN)
    found = []
    for i in (1, 2):
        for name in ("a.wast", "b.wast"):
            (home / "test" / name).write_bytes(SCRIPTS[b"b.wast"])
        script = step.replace("${{ matrix.shard }}", str(i)).replace("${{ strategy.job-total }}", "2")
        done = subprocess.run(["sh", "-ec", script], capture_output=True, timeout=60, cwd=home,
                              env={**os.environ, "SCRIPTS": "test", "EXPECTATIONS": "known.tsv" * (i == 2)})
        same("commands", [(p["file"], p["line"]) for _, p, _ in commands(done.stdout.decode())],
             [("test/b.wast", "3")] * (i == 2))
        same("status", done.returncode, int(i == 2))
        found += [s.get("name") for s in ElementTree.parse(home / "canon.xml").getroot()]
        same("page", Page((home / "canon.html").read_text()).tags["details"], 1)
    same("files", found, ["test/a.wast", "test/b.wast"])


def case_nothing_ran():
    same("tap", run("--format", "tap", "none", status=4).split(b"\n")[1], b"1..0 # SKIP no directive ran")
    same("junit", len(ElementTree.fromstring(run("--format", "junit", "none", status=4))), 0)


def case_also():
    out = report("human", "--also", "junit=j.xml", "--also", "tap=t.tap", "--also", "human=h.txt")
    same("human", (DIR / "h.txt").read_bytes(), out)
    same("junit", (DIR / "j.xml").read_bytes(), report("junit"))
    same("tap", (DIR / "t.tap").read_bytes(), report("tap"))
    for wrong in ("junit", "junit=", "sausage=x"):
        run("--also", wrong, "b.wast", status=2)
    run("--also", "json=no-such-folder/x", "b.wast", status=3)


def main():
    (DIR / "none").mkdir()
    for name, text in SCRIPTS.items():
        with open(os.path.join(os.fsencode(DIR), name), "wb") as out:
            out.write(text)
    with open(DIR / "known.tsv", "wb") as out:
        out.write(KNOWN.encode() + HOSTILE + "\t3\tit is 1\u2028\n".encode())
    for name, case in list(globals().items()):
        if not name.startswith("case_"):
            continue
        try:
            case()
            print(f"ok report-{name[5:].replace('_', '-')}")
        except Exception as e:
            print(f"not ok report-{name[5:].replace('_', '-')}: {type(e).__name__}: {e}")


try:
    main()
finally:
    shutil.rmtree(DIR)
