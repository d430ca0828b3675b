"""trees.py - random modules for tools/fuzz/core, as trees of expressions and statements.

wasm-tools smith draws instructions one by one, so that most have one operand and work on what the
instruction before them left. Here every operation of src/core/ops.def is as likely as another, its
operands are expressions, and loops, branches with values, calls and stores go over the same few
locals, globals and addresses: what an engine that lowers to registers and fuses neighbours may get
wrong. Few traps by intention: divisors are odd, addresses are masked; but not always."""
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
OP = re.compile(r'^OP\(\w+, "([\w.]+)", \w+, (\w+), "([a-zA-Z]*:[a-zA-Z]?)"', re.M)
LETTERS = {"i": "i32", "I": "i64", "f": "f32", "F": "f64", "V": "v128"}
LANES = {"i8x16": 16, "i16x8": 8, "i32x4": 4, "f32x4": 4, "i64x2": 2, "f64x2": 2}
TRAPS = re.compile(r"\.(div|rem)_[su]$|^i(32|64)\.trunc_f")
IMMEDIATES = ("NONE", "LANE", "LANES", "MEMARG", "MEMARG_LANE")
FUEL = 3000  # loop iterations and calls of one instance
GLOBALS = 5


class Op:
    def __init__(self, name, immediate, signature):
        self.name, self.immediate = name, immediate
        self.operands, self.result = signature.split(":")
        self.traps = bool(TRAPS.search(name))

    def lanes(self):
        found = re.search(r"(?:load|store)(\d+)_lane", self.name)
        return 128 // int(found[1]) if found else LANES[self.name.split(".")[0]]


def is_on(op, features):
    """Whether the features of the draw have it."""
    if "V" in op.operands + op.result and "simd" not in features:
        return False
    if "relaxed" in op.name and "relaxed-simd" not in features:
        return False
    if "trunc_sat" in op.name and "saturating" not in features:
        return False
    if re.search(r"^i(32|64)\.extend(8|16|32)_s", op.name) and "sign-extension" not in features:
        return False
    return "float" in features or not set("fF") & set(op.operands + op.result)


def operations(features):
    text = "".join((ROOT / "src/core" / name).read_text() for name in ("ops.def", "ops_simd.def"))
    ops = [Op(*row) for row in OP.findall(text) if row[1] in IMMEDIATES and row[2] != ":"]
    return [op for op in ops if is_on(op, features) and ".const" not in op.name]


class Trees:
    """The text of a module. A function may call every other one: fuel ends it."""
    def __init__(self, draw, features, functions, value):
        self.draw, self.features, self.functions, self.value = draw, features, functions, value
        ops = operations(features)
        self.types = [t for letter, t in LETTERS.items() if letter != "V" or "simd" in features]
        if "float" not in features:
            self.types = [t for t in self.types if t[0] != "f"]
        self.makers = {t: [o for o in ops if LETTERS.get(o.result) == t] for t in self.types}
        self.stores = [o for o in ops if not o.result]
        self.wide = "memory64" in features and draw.random() < 0.4
        self.globals = [draw.choice(self.types) for _ in range(GLOBALS)]
        self.locals, self.labels, self.depth, self.loops = [], [], 0, 0

    # ---- expressions ----

    def one_of(self, type, among):
        found = [n for n, t in enumerate(among) if t == type]
        return self.draw.choice(found) if found else None

    def leaf(self, type):
        way = self.draw.random()
        n = self.one_of(type, self.locals[:-self.loops] if self.loops else self.locals)
        if way < 0.65 and n is not None:
            return f"(local.get {n})"
        n = self.one_of(type, self.globals)
        if way < 0.75 and n is not None:
            return f"(global.get $g{n})"
        return self.value(self.draw, type)

    def expr(self, type, depth):
        if depth <= 0 or self.draw.random() < 0.12:
            return self.leaf(type)
        way = self.draw.random()
        special = (self.select, self.branching, self.tee, self.call, self.early, self.leave)
        if way < 0.22:
            return self.draw.choice(special)(type, depth - 1)
        op = self.draw.choice(self.makers[type])
        if op.traps and self.draw.random() < 0.7:
            op = self.draw.choice(self.makers[type])
        return self.apply(op, depth - 1)

    def apply(self, op, depth):
        operands = [self.operand(op, n, letter, depth) for n, letter in enumerate(op.operands)]
        return f"({op.name}{self.immediates(op)} {' '.join(operands)})"

    def operand(self, op, n, letter, depth):
        if letter == "a":
            return self.address(depth)
        x = self.expr(LETTERS[letter], depth - self.draw.randint(0, 1))
        safe = self.draw.random() < 0.95
        if op.traps and "trunc" in op.name and safe:
            half = "f32" if letter == "f" else "f64"
            return f"({half}.min ({half}.abs {x}) ({half}.const 1e9))"
        if op.traps and n == 1 and safe:
            t = LETTERS[letter]
            return f"({t}.or ({t}.and {x} ({t}.const 0xffff)) ({t}.const 1))"
        return x

    def address(self, depth):
        t = "i64" if self.wide else "i32"
        x = self.expr(t, depth)
        if self.draw.random() < 0.02:
            return x
        return f"({t}.and {x} ({t}.const {self.draw.choice([0x7, 0xff, 0x3ff8, 0xfffe])}))"

    def immediates(self, op):
        text = ""
        if op.immediate.startswith("MEMARG") and self.draw.random() < 0.6:
            text = f" offset={self.draw.choice([1, 4, 8, 16, 100, 4096, 65528])}"
        if op.immediate in ("LANE", "MEMARG_LANE"):
            text += f" {self.draw.randrange(op.lanes())}"
        if op.immediate == "LANES":
            text += "".join(f" {self.draw.randrange(32)}" for _ in range(16))
        return text

    def select(self, type, depth):
        return f"(select {self.expr(type, depth)} {self.expr(type, depth)} {self.expr('i32', depth)})"

    def branching(self, type, depth):
        """An if with a value, whose arms may leave it."""
        condition = self.expr("i32", depth)
        self.labels.append((type,))
        arms = [self.body(type, depth - 1) for _ in range(2)]
        self.labels.pop()
        return f"(if (result {type}) {condition} (then {arms[0]}) (else {arms[1]}))"

    def tee(self, type, depth):
        n = self.one_of(type, self.locals[:-self.loops] if self.loops else self.locals)
        x = self.expr(type, depth)
        return x if n is None else f"(local.tee {n} {x})"

    def call(self, type, depth):
        found = [f for f in self.functions if f[2] == [type]]
        if not found or depth < 1:
            return self.expr(type, depth)
        name, params, _ = self.draw.choice(found)
        arguments = " ".join(self.expr(t, depth - 1) for t in params)
        if self.draw.random() < 0.4:
            at = f"(i32.const {[f[0] for f in self.functions].index(name)})"
            return f"(call_indirect{signature(params, [type])} {arguments} {at})"
        return f"(call ${name} {arguments})"

    def early(self, type, depth):
        """A block that br_if may leave with a value."""
        self.labels.append((type,))
        text = (f"(block (result {type}) {self.statements(1, depth)} (br_if 0 {self.expr(type, depth)}"
                f" {self.expr('i32', depth)}) {self.statements(1, depth)} (drop) {self.expr(type, depth)})")
        self.labels.pop()
        return text

    def leave(self, type, depth):
        """The switch of br_table: two blocks with a value, and an operation between them."""
        self.labels += [(type,), (type,)]
        x, i = self.expr(type, depth), self.expr("i32", depth)
        inner = f"(block (result {type}) (br_table 0 1 0 1 {x} (i32.and {i} (i32.const 3))))"
        self.labels.pop()
        n = self.one_of(type, self.locals[:-self.loops] if self.loops else self.locals)
        between = f"(local.tee {n} {inner})" if n is not None else inner
        self.labels.pop()
        return f"(block (result {type}) {between})"

    def body(self, type, depth):
        return f"{self.statements(self.draw.randint(0, 1), depth)} {self.expr(type, depth)}"

    # ---- statements ----

    def statements(self, count, depth):
        return " ".join(self.statement(depth) for _ in range(count)) if depth > 0 else ""

    def statement(self, depth):
        ways = [(6, self.set_local), (2, self.set_global), (4, self.store), (2, self.branch), (2, self.loop),
                (1, self.block), (1, self.give_up), (1, self.see)]
        if "bulk" in self.features:
            ways.append((1, self.bulk))
        if "exceptions" in self.features:
            ways.append((1, self.attempt))
        weights, makers = zip(*ways)
        return self.draw.choices(makers, weights)[0](depth - 1)

    def set_local(self, depth):
        n = self.draw.randrange(len(self.locals) - self.loops)
        return f"(local.set {n} {self.expr(self.locals[n], depth)})"

    def set_global(self, depth):
        n = self.draw.randrange(GLOBALS)
        return f"(global.set $g{n} {self.expr(self.globals[n], depth)})"

    def store(self, depth):
        return self.apply(self.draw.choice(self.stores), depth)

    def branch(self, depth):
        text = f"(if {self.expr('i32', depth)}"
        self.labels.append(())
        text += f" (then {self.statements(2, depth)})"
        if self.draw.random() < 0.5:
            text += f" (else {self.statements(2, depth)})"
        self.labels.pop()
        return text + ")"

    def loop(self, depth):
        """The counter is a local that nothing else writes to."""
        if self.loops == 2:
            return self.set_local(depth)
        self.locals.append("i32")
        self.loops += 1
        n = len(self.locals) - 1
        self.labels += [(), None]
        inside = self.statements(self.draw.randint(1, 3), depth)
        self.labels = self.labels[:-2]
        self.loops -= 1
        self.most = max(self.most, len(self.locals))
        self.locals.pop()
        times = self.draw.choice([2, 5, 30])
        return (f"(local.set {n} (i32.const {times})) (block (loop {BURN} {inside} (br_if 0 "
                f"(local.tee {n} (i32.sub (local.get {n}) (i32.const 1))))))")

    def block(self, depth):
        self.labels.append(())
        text = f"(block {self.statements(2, depth)} {self.jump(depth)} {self.statements(1, depth)})"
        self.labels.pop()
        return text

    def jump(self, depth):
        """To a label that takes nothing, if it is so."""
        found = [n for n, l in enumerate(reversed(self.labels)) if l == ()]
        if not found:
            return ""
        return f"(br_if {self.draw.choice(found)} {self.expr('i32', depth)})"

    def give_up(self, depth):
        """Leaves the function, by return or by a branch to its label."""
        condition = self.expr("i32", depth)
        self.labels.append(None)
        values = " ".join(self.expr(t, depth - 1) for t in self.results)
        self.labels.pop()
        if self.draw.random() < 0.5:
            return f"(if {condition} (then (return {values})))"
        return f"(if (i32.eq {condition} (i32.const 77)) (then (br {len(self.labels) + 1} {values})))"

    def see(self, depth):
        return (f"(global.set $seen (call $see {self.expr('i32', depth)} {self.expr('i64', depth)}))")

    def bulk(self, depth):
        t = "i64" if self.wide else "i32"
        small = f"({t}.const {self.draw.randrange(70)})"
        if self.draw.random() < 0.5:
            return f"(memory.fill {self.address(depth)} {self.expr('i32', depth)} {small})"
        return f"(memory.copy {self.address(depth)} {self.address(depth)} {small})"

    def attempt(self, depth):
        """A try_table whose clause gives a number."""
        self.labels += [None, ()]
        inside = self.statements(2, depth)
        condition = self.expr("i32", depth)
        self.labels.append(None)
        thrown = self.expr("i32", depth)
        self.labels = self.labels[:-3]
        n = self.one_of("i32", self.locals[:len(self.locals) - self.loops])
        text = (f"(block (result i32) (try_table (catch $tag 0) {inside} "
                f"(if {condition} (then (throw $tag {thrown})))) (i32.const 9))")
        return f"(local.set {n} {text})" if n is not None else f"(drop {text})"

    # ---- the module ----

    def function(self, name, params, results):
        count = self.draw.choice([4, 9, 9, 9, 30, 300])
        self.locals = params + [self.draw.choice(self.types) for _ in range(count - len(params))]
        self.results, self.most, base = results, len(self.locals), len(self.locals)
        depth = self.draw.randint(2, 6)
        inside = self.statements(self.draw.randint(2, 14), depth)
        inside += "".join(self.show(n, t) for n, t in enumerate(self.locals[:40]))
        last = " ".join(self.expr(t, depth) for t in results)
        if "tail-call" in self.features and self.draw.random() < 0.3:
            last = self.tail(results) or last
        rest = self.locals[len(params):] + ["i32"] * (self.most - base)
        return (f"(func ${name} (export \"{name}\"){signature(params, results)} (local {' '.join(rest)})"
                f" {BURN} {inside} {last})")

    def show(self, n, type):
        """What a local holds at the end, so that nothing is computed in vain."""
        at = f"({'i64' if self.wide else 'i32'}.const {1024 + 16 * self.draw.randrange(1000)})"
        return f" ({type}.store {at} (local.get {n}))"

    def tail(self, results):
        found = [f for f in self.functions if f[2] == results]
        name, params, _ = self.draw.choice(found)
        return f"(return_call ${name} {' '.join(self.expr(t, 2) for t in params)})"

    def text(self):
        functions = [self.function(*f) for f in self.functions]
        names = " ".join(f"${f[0]}" for f in self.functions)
        globals = [f"(global $g{n} (mut {t}) {self.value(self.draw, t)})" for n, t in enumerate(self.globals)]
        data = "".join(f"\\{self.draw.getrandbits(8):02x}" for _ in range(256))
        t = "i64" if self.wide else "i32"
        return "\n".join([
            '(module (import "host" "seen" (func $see (param i32 i64) (result i32)))',
            f'(memory (export "m0") {t if self.wide else ""} 1 2)',
            f"(data ({t}.const {self.draw.choice([0, 100, 16000, 65280])}) \"{data}\")",
            "(tag $tag (param i32))" if "exceptions" in self.features else "",
            f"(table {len(functions)} {len(functions)} funcref) (elem (i32.const 0) {names})",
            f"(global $fuel (mut i32) (i32.const {FUEL})) (global $seen (mut i32) (i32.const 0))",
            *globals, *functions, ")"])


BURN = ("(if (i32.eqz (global.get $fuel)) (then unreachable))"
        " (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))")


def signature(params, results):
    return (f" (param {' '.join(params)})" if params else "") + (
        f" (result {' '.join(results)})" if results else "")


def module(draw, features, functions, value, tool):
    """The binary, and whether its memory has 64-bit addresses."""
    trees = Trees(draw, features, functions, value)
    text = trees.text()
    done = subprocess.run([tool, "parse", "-"], input=text.encode(), capture_output=True)
    if done.returncode:
        raise RuntimeError(f"trees: {done.stderr.decode()}\n{text}")
    return done.stdout, trees.wide
