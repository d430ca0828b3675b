#!/usr/bin/env python3
"""concord.py - does tools/concord notice what it is there for? Breaks a copy of src/cabi/ in one
place at a time. One line a case: "ok NAME", or "not ok NAME" with the reason.

Usage: concord.py [all]      all: every trap_if and assert, one after the other (minutes)
SEED in the environment: which places are taken."""
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
CONCORD = ROOT / "tools/concord"
STATEMENT = r"(?<![\w#])%s\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\);"

DEFINITIONS = '''
# START

## First Section

def doubles(x):
  trap_if(x > 10)
  return x + x

def is_small(x):
  return doubles(x) < 10

## Second Section

def goes_away(x):
  return is_small(x)
'''
NEWER = DEFINITIONS.replace("x > 10", "x > 11").replace("goes_away", "is_new")
C = '''/// ## First Section

int
doubles(int x)
{
	trap_if(x > 10);
	return x + x;
}

int
is_small(int x)
{
	return doubles(x) < 10;
}

/// ## Second Section

int
goes_away(int x)
{
	return is_small(x);
}
'''


class Tree:
    """A copy of what concord reads."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder)
        shutil.copytree(ROOT / "src/cabi", self.root / "src/cabi")
        (self.root / "spec").mkdir()
        for table in ("definitions.tsv", "concord.tsv", "lazy.md"):
            shutil.copy(ROOT / "spec" / table, self.root / "spec")

    def concord(self, *args):
        done = subprocess.run([CONCORD, *args], capture_output=True, text=True,
                              env={**os.environ, "ROOT": str(self.root)})
        return done.returncode, done.stdout + done.stderr

    def broken(self, path, text):
        """What concord says with this text in a file."""
        before = path.read_text()
        path.write_text(text)
        result = self.concord()
        path.write_text(before)
        return result


def function_at(text, place):
    heads = list(re.finditer(r"^([A-Za-z_]\w*)\(", text[:place], re.M))
    return heads[-1][1]


def statements(tree, name):
    """(file, match) of each statement of that name in the transcription."""
    for path in sorted((tree.root / "src/cabi").glob("*.c")):
        for match in re.finditer(STATEMENT % name, path.read_text()):
            yield path, match


def say(name, good, why):
    print(f"ok {name}" if good else f"not ok {name}: {why}", flush=True)


def without(tree, name, path, match):
    text = path.read_text()
    function = function_at(text, match.start())
    status, out = tree.broken(path, text[: match.start()] + ";" + text[match.end():])
    # a helper's statement counts for the function that the helper belongs to
    say(f"concord-sees-{name}-of-{function}", status and function in out,
        f"{path.name}: {match[0]}: status {status}: {out[:300]}")



def deletions(tree, every):
    for name in ("trap_if", "assert"):
        found = list(statements(tree, name))
        for path, match in found if every else random.sample(found, 3):
            without(tree, name, path, match)


def other_breaks(tree):
    path = tree.root / "src/cabi/tasks.c"
    text = path.read_text()
    status, out = tree.broken(path, text.replace("\nTask_cancel(", "\nTask_cancels("))
    say("concord-sees-a-function", status and "Task_cancel " in out, out[:300])
    status, out = tree.broken(path, text.replace("Thread_resume(self->implicit_thread", "note(self"))
    say("concord-is-right-about-a-call-that-is-made-elsewhere", status == 0, out[:300])
    everywhere = text.replace("Thread_resume(", "note(")
    status, out = tree.broken(path, everywhere)
    say("concord-sees-a-call", status and "does not call" in out, out[:300])
    start, cancel = text.index("Values\nTask_start("), text.index("void\nTask_cancel(")
    swapped = text[:start] + text[cancel:] + "\n" + text[start:cancel]
    status, out = tree.broken(path, swapped)
    say("concord-sees-the-order", status and "stands before" in out, out[:300])
    exceptions = tree.root / "spec/concord.tsv"
    row = "canon_lift\tasserts\tnot needed\n"
    status, out = tree.broken(exceptions, exceptions.read_text() + row)
    say("concord-refuses-an-exception-too-many", status and "is not needed" in out, out[:300])


def newer_definitions(folder):
    """A small specification of our own, and its next version."""
    root = pathlib.Path(folder)
    (root / "src/cabi").mkdir(parents=True)
    (root / "spec").mkdir()
    (root / "src/cabi/small.c").write_text(C)
    (root / "src/cabi/short.h").write_text("")
    (root / "old.py").write_text(DEFINITIONS)
    (root / "new.py").write_text(NEWER)
    tree = Tree.__new__(Tree)
    tree.root = root
    status, out = tree.concord("--store", str(root / "old.py"))
    say("concord-stores", status == 0, out)
    status, out = tree.concord(str(root / "old.py"))
    say("concord-of-the-same", status == 0 and "0 of 3" in out, out)
    status, out = tree.concord(str(root / "new.py"))
    wanted = ["changed: doubles (First Section): src/cabi/small.c:4",
              "removed: goes_away (Second Section): src/cabi/small.c:19",
              "added: is_new (Second Section): not transcribed"]
    say("concord-of-a-newer-one", all(w in out for w in wanted), f"status {status}: {out}")
    return tree


def concordance(tree):
    """The page of the small specification, with its next version."""
    root = tree.root
    (root / "spec/PIN").write_text("repository small\ncommit 0\n")
    (root / "spec/traps.tsv").write_text("function\tordinal\tclass\tsection\tmeaning\n"
                                         "doubles\t1\ttoo-large\tFirst Section\tx is <large>\n")
    done = subprocess.run([ROOT / "tools/concordance", root / "page.html", root / "new.py"],
                          capture_output=True, text=True, env={**os.environ, "ROOT": str(root)})
    page = (root / "page.html").read_text() if done.returncode == 0 else done.stderr
    wanted = ["<b>doubles</b>: changed in the document", "<b>goes_away</b>: removed",
              "<b>is_new</b>: added", "trap_if(x &gt; 10);", "trap_if(x &gt; 11)",
              'title="x is &lt;large&gt;">#1 too-large', "src/cabi/small.c:4", "not transcribed"]
    missing = [w for w in wanted if w not in page]
    say("concordance-of-a-newer-one", not missing, f"{missing} in {page[-500:]}")


def main():
    seed = int(os.environ.get("SEED", random.randrange(10 ** 6)))
    random.seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(folder + "/copy")
        status, out = tree.concord()
        say(f"concord-of-a-copy (SEED={seed})", status == 0, out[:300])
        deletions(tree, sys.argv[1:] == ["all"])
        other_breaks(tree)
        concordance(newer_definitions(folder + "/small"))


main()
