"""breaks.py - for the tests of the tools that check a tree: does the tool pass the project, and say what is
wrong with a copy that is broken in one place? One line a case: "ok NAME", or "not ok NAME" with the reason."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]


def check(tool, copied, breaks):
    """tool, in tools/, takes the tree; copied: the folders that it reads; breaks: name, file, what stands
    there, what is put there, what has to be said. Ends the program: 1 where the tool fails a case."""
    def run(root):
        return subprocess.run([ROOT / "tools" / tool, root], capture_output=True, text=True)

    good = run(ROOT)
    failed = good.returncode != 0
    print(f"not ok {tool}-hold: {good.stderr.strip()}" if failed else f"ok {tool}-hold")
    for name, file, old, new, wanted in breaks:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for part in copied:
                shutil.copytree(ROOT / part, root / part)
            text = (root / file).read_text()
            (root / file).write_text(text.replace(old, new, 1))
            done = run(root)
            caught = old in text and done.returncode == 1 and wanted in done.stderr
            failed |= not caught
            print(f"ok {name}" if caught else f"not ok {name}: {done.stderr.strip() or 'not noticed'}")
    sys.exit(1 if failed else 0)
