"""smith.py - random cases for tools/fuzz/core: a module of wasm-tools smith, or of trees.py, and calls of
its exports.

A case is made from its number alone. The imports and the exports of a module of smith are drawn here
(a "shape", which smith fills with random contents), so that the types of everything that can be
called or looked at are known. The imports come from a module "host", which a script has, too: it writes
down what it is called with, so that the order of calls and their arguments count. Behind every instance
stand modules that look at all of the memories and tables that it exports."""
import json
import random
import subprocess

import trees

# A feature of the draw -> the switches of smith and of wasmtime that it stands for.
FEATURES = {
    "float": (["allow-floats"], []),
    "references": (["reference-types-enabled"], ["reference-types"]),
    "bulk": (["bulk-memory-enabled"], ["bulk-memory"]),
    "multi-value": (["multi-value-enabled"], ["multi-value"]),
    "saturating": (["saturating-float-to-int-enabled"], []),
    "sign-extension": (["sign-extension-ops-enabled"], []),
    "extended-const": (["extended-const-enabled"], ["extended-const"]),
    "exceptions": (["exceptions-enabled"], ["exceptions"]),
    "tail-call": (["tail-call-enabled"], ["tail-call"]),
    "simd": (["simd-enabled"], ["simd"]),
    "relaxed-simd": (["relaxed-simd-enabled"], ["relaxed-simd", "relaxed-simd-deterministic"]),
    "gc": (["gc-enabled"], ["gc", "function-references"]),
    "memory64": (["memory64-enabled"], ["memory64"]),
}
NEEDS = {"relaxed-simd": "simd", "gc": "references", "exceptions": "references"}
NEVER = ["threads-enabled", "custom-descriptors-enabled", "compact-imports-enabled",
         "custom-page-sizes-enabled", "wide-arithmetic-enabled", "shared-everything-threads-enabled",
         "generate-custom-sections", "allow-start-export"]
GLOBALS, EXPORTS = 6, 7  # sections
FUEL = 1000  # loop iterations and calls of one instance
ABSTRACT = ["anyref", "eqref", "i31ref", "structref", "arrayref"]
HEAPS = {"funcref": "func", "externref": "extern", "anyref": "any", "eqref": "eq", "i31ref": "i31",
         "structref": "struct", "arrayref": "array", "exnref": "exn"}
INTEGERS = [0, 1, 2, 3, 7, 8, 16, 31, 32, 63, 64, 255, 256, 65535, 65536, 131071]
FLOATS = ["0", "-0", "1", "-1", "0.5", "1.5", "2.5", "-3.75", "inf", "-inf", "nan", "-nan",
          "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807",
          "18446744073709551616", "-9223372036854775808", "1e10", "-1e30"]

# name -> what the module "host" has under it, the import that asks for it, and the feature it needs
HOST = {
    "seen": ('(func (export "seen") (param i32 i64) (result i32) (global.set $sum (i64.add (local.get 1)'
             " (i64.mul (global.get $sum) (i64.const 1099511628211))))"
             " (i32.xor (local.get 0) (i32.wrap_i64 (global.get $sum))))",
             "(func (param i32 i64) (result i32))", None),
    "next": ('(func (export "next") (result i64) (global.set $sum (i64.add (i64.const 7)'
             " (i64.mul (global.get $sum) (i64.const 6364136223846793005)))) (global.get $sum))",
             "(func (result i64))", None),
    "float": ('(func (export "float") (param f32 f64) (result f64) (global.set $sum (i64.xor'
              " (i64.reinterpret_f64 (local.get 1)) (i64.rotl (global.get $sum) (i64.const 9))))"
              " (f64.add (local.get 1) (f64.promote_f32 (local.get 0))))",
              "(func (param f32 f64) (result f64))", "float"),
    "pair": ('(func (export "pair") (param i64) (result i32 i64) (i32.wrap_i64 (local.get 0))'
             " (i64.rotl (local.get 0) (global.get $sum)))",
             "(func (param i64) (result i32 i64))", "multi-value"),
    "odd": ('(func (export "odd") (param i32) (if (i32.eq (i32.const 7) (i32.and (local.get 0)'
            " (i32.const 7))) (then (unreachable))))", "(func (param i32))", None),
    "same": ('(func (export "same") (param externref) (result externref) (local.get 0))',
             "(func (param externref) (result externref))", "references"),
    "throw": ('(func (export "throw") (param i32) (if (i32.and (local.get 0) (i32.const 1))'
              " (then (throw $tag (local.get 0)))))", "(func (param i32))", "exceptions"),
    "vector": ('(func (export "vector") (param v128) (result v128) (i64x2.add (local.get 0)'
               " (i64x2.splat (global.get $sum))))", "(func (param v128) (result v128))", "simd"),
    "any": ('(func (export "any") (param i32) (result anyref) (ref.i31 (local.get 0)))',
            "(func (param i32) (result anyref))", "gc"),
    "tag": ('(tag $tag (export "tag") (param i32))', "(tag (param i32))", "exceptions"),
    "sum": ('(global $sum (export "sum") (mut i64) (i64.const 1))', "(global (mut i64))", None),
    "base": ('(global (export "base") i32 (i32.const 3))', "(global i32)", None),
    "memory": ('(memory (export "memory") 1 2)', "(memory 1 2)", None),
    "table": ('(table $table (export "table") 6 12 funcref)', "(table 6 12 funcref)", "references"),
}
# What the others stand on.
ALWAYS = ("tag", "sum")


class Case:
    """number, features; module: its bytes; host and looks: parts of the script; calls: a list for each
    instance of the module, of (action, number of results)."""


def features_drawn(draw, on):
    most = draw.choice([0.3, 0.6, 0.9])
    found = {f for f in FEATURES if f in on and draw.random() < most}
    while not all(NEEDS.get(f, f) in found for f in found):
        found |= {NEEDS[f] for f in found if f in NEEDS}
    return sorted(found)


def types(features):
    found = ["i32", "i32", "i64", "i64"]
    if "float" in features:
        found += ["f32", "f64"]
    if "references" in features:
        found += ["funcref", "externref"]
    if "simd" in features:
        found += ["v128", "v128"]
    if "gc" in features:
        found += ABSTRACT
    return found


def group(word, list_of_types):
    return f" ({word} {' '.join(list_of_types)})" if list_of_types else ""


def value(draw, type):
    """An argument, as a script has it."""
    if type in ("i32", "i64"):
        bits = int(type[1:])
        n = draw.choice(INTEGERS + [1 << (bits - 1), (1 << bits) - 1, draw.getrandbits(bits)])
        return f"({type}.const {draw.choice([n, (1 << bits) - n if n else 0])})"
    if type in ("f32", "f64"):
        return f"({type}.const {draw.choice(FLOATS)})"
    if type == "v128":
        return f"(v128.const i64x2 {draw.getrandbits(64)} {draw.choice(INTEGERS)})"
    if type == "externref" and draw.random() < 0.7:
        return f"(ref.extern {draw.randrange(4)})"
    return f"(ref.null {HEAPS[type]})"


def const(type):
    """A value for a global of the shape, whatever it is there."""
    if type == "v128":
        return "(v128.const i64x2 0 0)"
    return f"({type}.const 0)" if type[1:].isdigit() else f"(ref.null {HEAPS[type]})"


def memory_hash(address, limits_type):
    """A module that hashes the memory it imports."""
    n = "i64" if limits_type else "i32"
    return (f'(module $look (import "m" "{address}" (memory {limits_type} 0)) (func (export "look") '
            f"(result i64 {n}) (local $at {n}) (local $end {n}) (local $sum i64) "
            f"(local.set $end ({n}.mul (memory.size) ({n}.const 65536))) (block (loop "
            f"(br_if 1 ({n}.ge_u (local.get $at) (local.get $end))) "
            "(local.set $sum (i64.add (i64.load (local.get $at)) "
            "(i64.mul (local.get $sum) (i64.const 1099511628211)))) "
            f"(local.set $at ({n}.add (local.get $at) ({n}.const 8))) (br 0))) "
            "(local.get $sum) (memory.size)))")


def table_look(name, type):
    """A module that says which elements of the table it imports are null."""
    return (f'(module $look (import "m" "{name}" (table 0 {type})) (func (export "look") '
            "(result i64 i32) (local $at i32) (local $sum i64) (block (loop "
            "(br_if 1 (i32.ge_u (local.get $at) (table.size))) (local.set $sum (i64.add "
            "(i64.extend_i32_u (ref.is_null (table.get (local.get $at)))) "
            "(i64.mul (local.get $sum) (i64.const 3)))) (local.set $at (i32.add (local.get $at) "
            "(i32.const 1))) (br 0))) (local.get $sum) (table.size)))")


def leb(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def read_leb(data, at):
    n = shift = 0
    while True:
        n |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if not data[at - 1] & 128:
            return n, at


def sections(module):
    """(id, contents) of each."""
    at = 8
    while at < len(module):
        size, start = read_leb(module, at + 1)
        yield module[at], module[start:start + size]
        at = start + size


def export_globals(module, imported):
    """The module with all globals exported, and their names: smith leaves what it computes in globals of
    its own. `imported` says how many come from outside."""
    names, out = [], bytearray(module[:8])
    for id, data in sections(module):
        if id == GLOBALS:
            names = [f"x{n}" for n in range(imported + read_leb(data, 0)[0])]
        if id == EXPORTS:
            count, start = read_leb(data, 0)
            more = (leb(len(x)) + x.encode() + b"\3" + leb(n) for n, x in enumerate(names))
            data = leb(count + len(names)) + data[start:] + b"".join(more)
        out += bytes([id]) + leb(len(data)) + data
    return bytes(out), names


class Shape:
    """The draw of imports and exports: the text of the shape, and what can be done with its exports."""
    def __init__(self, draw, features):
        self.draw, self.features, self.types = draw, features, types(features)
        self.lines, self.functions, self.looks = [], [], []
        for name, (_, asked, feature) in HOST.items():
            if (feature is None or feature in features) and draw.random() < 0.4:
                self.lines.append(f'(import "host" "{name}" {asked})')
        for i in range(draw.randint(1, 6)):
            self.add_function(f"f{i}")
        for i in range(draw.randint(0, 4)):
            self.add_global(f"g{i}")
        self.add_stores()

    def add_function(self, name):
        most = 3 if "multi-value" in self.features else 1
        takes = [t for t in self.types if t not in ABSTRACT[1:]]  # which wasmtime wast cannot give
        params = [self.draw.choice(takes) for _ in range(self.draw.randint(0, 4))]
        results = [self.draw.choice(self.types) for _ in range(self.draw.randint(0, most))]
        self.functions.append((name, params, results))
        self.lines.append(f'(func (export "{name}"){group("param", params)}'
                          f'{group("result", results)} unreachable)')

    def add_global(self, name):
        type = self.draw.choice(self.types)
        mutable = f"(mut {type})" if self.draw.random() < 0.8 else type
        self.lines.append(f'(global (export "{name}") {mutable} {const(type)})')

    def add_stores(self):
        imported = sum("(memory" in line for line in self.lines)
        for i in range(self.draw.choice([1, 1, 1, 2]) if not imported else self.draw.randint(0, 1)):
            wide = "i64" if "memory64" in self.features and self.draw.random() < 0.5 else ""
            size = self.draw.randint(0, 2)
            self.lines.append(f'(memory (export "m{i}") {wide} {size} {size + self.draw.randint(0, 2)})')
            self.looks.append(memory_hash(f"m{i}", wide))
        if self.draw.random() < 0.6:
            type = self.draw.choice([t for t in self.types if t in HEAPS] or ["funcref"])
            size = self.draw.randint(0, 10)
            self.lines.append(f'(table (export "t") {size} {size + self.draw.randint(0, 9)} {type})')
            self.looks.append(table_look("t", type))
        if "exceptions" in self.features and self.draw.random() < 0.6:
            self.lines.append(f'(tag (export "e"){group("param", self.types[-1:])})')

    def text(self):
        return "(module\n " + "\n ".join(self.lines) + ")\n"

    def imported_globals(self):
        return sum("import" in line and "(global" in line for line in self.lines)


def call(draw, function):
    name, params, results = function
    arguments = "".join(" " + value(draw, type) for type in params)
    return f'(invoke $m "{name}"{arguments})', len(results)


def instances(draw, functions):
    """A few calls for each instance; of each function at least one."""
    order = [f for f in functions for _ in range(draw.randint(1, 3))]
    draw.shuffle(order)
    return [[call(draw, f) for f in order[n:n + 4]] for n in range(0, len(order), 4)]


def switches(draw, features):
    """The options of smith."""
    for feature, (names, _) in FEATURES.items():
        yield from (f"--{name}={str(feature in features).lower()}" for name in names)
    yield from (f"--{name}=false" for name in NEVER)
    most_memories = draw.choice([1, 1, 3]) if "bulk" in features else 1
    sizes = {"max-memories": most_memories, "max-tables": 3 if "references" in features else 1,
             "max-funcs": draw.choice([8, 12, 20]), "max-instructions": draw.choice([20, 60, 150, 400]),
             "max-types": draw.choice([10, 30]), "max-table-elements": 40, "max-elements": 10,
             "max-memory32-bytes": 1 << 18, "max-memory64-bytes": 1 << 18, "max-globals": 12,
             "max-tags": 4, "max-data-segments": draw.choice([0, 4]),
             "max-element-segments": draw.choice([0, 4]), "fuel": FUEL}
    yield from (f"--{name}={size}" for name, size in sizes.items())
    yield from ("--memory-max-size-required=true", "--table-max-size-required=true",
                "--ensure-termination", "--limit-arrays-in-const-exprs=true",
                f"--disallow-traps={draw.choice(['true', 'false'])}")


def host(features):
    """Only what the features allow, so that a reader sees what is used."""
    parts = [text for name, (text, _, feature) in HOST.items()
             if feature is None or feature in features or name in ALWAYS]
    return ("(module $host\n " + "\n ".join(parts) +
            '\n (func (export "look") (result i64) (global.get $sum)))')


def make(number, on, tool, folder):
    """The case of this number with the features that are on, or None where smith makes none of it. Even
    numbers are of trees.py."""
    draw = random.Random(number)
    case = Case()
    case.number, case.features = number, features_drawn(draw, on)
    case.host = host(case.features)
    return (smith_case if number % 2 else trees_case)(case, draw, tool, folder)


def finish(case, module, imported_globals):
    case.module, names = export_globals(module, imported_globals)
    for calls in case.calls:
        calls += [(f'(get $m "{name}")', 1) for name in names]
    return case


def trees_case(case, draw, tool, _):
    numbers = [t for t in types(case.features) if t not in HEAPS]
    functions = [(f"f{i}", draw.choices(numbers, k=draw.randint(0, 4)), draw.choices(numbers, k=1))
                 for i in range(draw.randint(2, 8))]
    module, wide = trees.module(draw, case.features, functions, value, tool)
    case.calls = instances(draw, functions)
    case.looks = [memory_hash("m0", "i64" if wide else "")]
    return finish(case, module, 0)


def smith_case(case, draw, tool, folder):
    shape = Shape(draw, case.features)
    case.calls, case.looks = instances(draw, shape.functions), shape.looks
    binary = folder / "shape.wasm"
    subprocess.run([tool, "parse", "-", "-o", binary], input=shape.text().encode(), check=True)
    argv = [tool, "smith", f"--module-shape={binary}", *switches(draw, case.features)]
    seed = draw.randbytes(draw.choice([100, 400, 1500, 5000, 15000]))
    done = subprocess.run(argv, input=seed, capture_output=True)
    if done.returncode not in (0, 2):
        raise RuntimeError(f"smith: {json.dumps([str(a) for a in argv])}: {done.stderr.decode()}")
    return finish(case, done.stdout, shape.imported_globals()) if not done.returncode else None


def wasmtime_switches(on):
    """For all cases alike: what a module may use never depends on the draw."""
    names = {name for f in on for name in FEATURES[f][1]} | {"multi-memory", "exceptions", "gc",
                                                              "function-references"}
    stack = ["-Wmax-wasm-stack=16777216", "-Wasync-stack-size=33554432"]
    return stack + [f"-W{name}=y" for name in sorted(names | {"nan-canonicalization"})]
