#!/bin/sh
# run.sh PROGRAM - the command line's contract: exit status, and what is said about bad input.
# One line a case: "ok NAME", or "not ok NAME" with the reason.
program=$1
dir=$(mktemp -d) || exit 3
trap 'rm -rf "$dir"' EXIT

# expect NAME STATUS TEXT ARGS...: the status, and TEXT (a basic regular expression) somewhere
# in what is printed, unless it is empty.
expect() {
	name=$1 want=$2 text=$3
	shift 3
	timeout 300 "$program" "$@" >"$dir/out" 2>&1 </dev/null
	got=$?
	if [ $got != "$want" ]; then
		echo "not ok $name: status $got, not $want: $(head -c 300 "$dir/out" | tr '\n' ' ')"
	elif [ -n "$text" ] && ! grep -q -e "$text" "$dir/out"; then
		echo "not ok $name: nothing like '$text' in: $(head -c 300 "$dir/out" | tr '\n' ' ')"
	else
		echo "ok $name"
	fi
}

# script NAME: standard input becomes a script; its path is left in $file.
script() {
	file=$dir/$1.wast
	cat >"$file"
}

expect no-command 2 'usage' 
expect unknown-command 2 'frobnicate' frobnicate
expect help 0 'canon run' --help
expect version 0 '6d28164' --version
expect unknown-option 2 'bogus' run --bogus x.wast
expect option-without-value 2 'seed' run --seed
expect bad-number 2 'seed' run --seed abc x.wast
expect bad-format 2 'format' run --format sausage x.wast
expect bad-regex 2 'filter' run --filter '(' testsuite/wast
expect bad-choices 2 'choices' run --choices 1,,2 x.wast
expect explain-all 0 'cannot-leave-component-instance' explain
expect explain-class 0 'convert_i32_to_char#2' explain invalid-char
expect explain-unknown 2 'no-such-class' explain no-such-class
expect no-path 2 'usage' run
expect missing-file 2 'missing.wast' run "$dir/missing.wast"
mkdir "$dir/none"
expect folder-without-scripts 4 'no directive' run "$dir/none"

script empty </dev/null
expect empty-file 4 'no directive' run "$file"

script pass <<'W'
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
W
expect passing 0 '2 pass' run "$file"
expect filter-matching-nothing 4 'no directive' run --filter nothing-is-called-so "$file"
expect json 0 '"pass": *2' run --format json "$file"

script fail <<'W'
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 2))
W
expect failing 1 'fail.wast:2:1' run "$file"

script truncated <<'W'
(module (func (export "f") (result i32)
W
expect truncated 1 'truncated.wast:' run "$file"

file=$dir/binary.wast
printf '\000asm\001\000\000\000\377\376' >"$file"
expect binary-file 1 'binary.wast:' run "$file"

file=$dir/nested.wast
awk 'BEGIN { for (i = 0; i < 200000; i++) printf "(" }' >"$file"
expect absurd-nesting 1 'nested.wast:' run "$file"

file=$dir/blocks.wast
awk 'BEGIN { printf "(module (func "; for (i = 0; i < 100000; i++) printf "(block ";
	for (i = 0; i < 100000; i++) printf ")"; print "))" }' >"$file"
expect absurd-nesting-of-blocks 1 'blocks.wast:' run "$file"

file=$dir/components.wat
awk 'BEGIN { for (i = 0; i < 960; i++) printf "(component "; for (i = 0; i < 960; i++) printf ")" }' >"$file"
expect nesting 0 '' validate "$file"
(ulimit -s 512 && expect nesting-on-a-small-stack 1 'nesting deeper than the stack' validate "$file")

script loop <<'W'
(module (func (export "f") (loop (br 0))))
(invoke "f")
W
expect endless-loop-timeout 1 'no end after' run --timeout 0.2 "$file"
expect endless-loop-fuel 1 'fuel' run --fuel 100000 "$file"

script loop-is-no-trap <<'W'
(module (func (export "f") (loop (br 0))))
(assert_trap (invoke "f") "unreachable")
W
expect timeout-is-no-trap 1 'no end after' run --timeout 0.2 "$file"

script huge-memory <<'W'
(module (memory 65536))
W
expect memory-cap 1 'memory' run "$file"

script wrong-reason <<'W'
(module (func (export "f") (unreachable)))
(assert_trap (invoke "f") "integer divide by zero")
W
expect wrong-trap 1 'wrong-reason.wast:2:1' run "$file"

script unknown-wording <<'W'
(module (func (export "f") (unreachable)))
(assert_trap (invoke "f") "something nobody says")
W
expect unknown-wording 1 'something nobody says' run "$file"

# Named and registered instances.
script component-registered <<'W'
(component)
(register "c")
(module (import "c" "f" (func)))
W
expect component-is-no-core-import 1 'unknown-import' run "$file"

script needs-unsupported <<'W'
(component $A (core module (export "m") (func (drop (i32.atomic.load (i32.const 0))))))
(assert_unlinkable (component (import "A" (instance (export "m" (core module))))) "unknown import")
W
expect unsupported-carries-on 0 '0 pass, 0 fail, 2 unsupported' run "$file"

script two-of-a-name <<'W'
(component $A (core module (export "m") (func (export "f") (result i32) (i32.const 1))))
(component $A (core module (export "m") (func (export "f") (result i32) (i32.const 2))))
(component
  (import "A" (instance $a (export "m" (core module (export "f" (func (result i32)))))))
  (alias export $a "m" (core module $m))
  (core instance $i (instantiate $m))
  (func (export "f") (result u32) (canon lift (core func $i "f"))))
(assert_return (invoke "f") (u32.const 2))
W
expect latest-of-a-name 0 '4 pass' run "$file"

script kinds-of-definitions <<'W'
(component definition $d)
(module instance $d)
(module instance $i $d)
W
expect definition-of-another-kind 1 '1 pass, 0 fail, 2 error' run "$file"

# What a script says wrongly is an error of the script, never a pass.
script junk-in-quote <<'W'
(assert_malformed (module quote 5) "unexpected token")
(assert_malformed (component quote "(type" x) "")
W
expect junk-in-quote 1 '0 pass, 0 fail, 2 error' run "$file"

script bad-directives <<'W'
(module (func (export "f")) (global (export "g") i32 (i32.const 0)))
(invoke)
(invoke f)
(assert_return)
(assert_return (invoke 5))
(assert_return (get "g" "h"))
(assert_return (get "\ff"))
(assert_trap (invoke "f"))
(assert_trap (invoke "f") "unreachable" "twice")
(assert_exception (invoke "f") "junk")
(assert_exhaustion)
(assert_malformed (module quote ")"))
(assert_invalid "module" "x")
(register)
(register "r" junk)
(module instance $i $m junk)
(thread $t (shared) (invoke "f"))
(wait $t junk)
W
expect bad-directives 1 '1 pass, 0 fail, 17 error' run "$file"

script junk-behind-values <<'W'
(module (func (export "n") (result f32) (f32.const nan))
  (func (export "e") (result externref) (ref.null extern)))
(assert_return (invoke "n") (f32.const nan:canonical junk))
(assert_return (invoke "e") (ref.null extern junk))
W
expect junk-behind-values 1 '1 pass, 0 fail, 2 error' run "$file"

script null-of-another-type <<'W'
(module (func (export "e") (result externref) (ref.null extern)))
(assert_return (invoke "e") (ref.null func))
W
expect null-of-another-type 1 '1 pass, 1 fail' run "$file"

script any-trap <<'W'
(module (func (export "f") (unreachable)))
(assert_trap (invoke "f") "")
W
expect trap-without-a-text 1 '1 pass, 1 fail' run "$file"

script not-utf8 <<'W'
(module (func (export "f") (unreachable)))
(assert_trap (invoke "f") "\ff")
W
"$program" run --format json "$file" >"$dir/json"
iconv -f UTF-8 -t UTF-8 "$dir/json" >/dev/null 2>&1 && echo "ok json-is-utf8" ||
	echo "not ok json-is-utf8"

# The command that a failure prints runs that directive, whatever the file is called.
cp "$dir/fail.wast" "$dir/it's c++.wast"
again=$("$program" run "$dir/it's c++.wast" | sed -n 's/^  again *//p')
sh -c "$again" 2>/dev/null | grep -q '1 directive: 0 pass, 1 fail' && echo "ok again" ||
	echo "not ok again: $again"
expect again-with-options 1 'again.* run --fuel 1000 --no-feature map --filter' \
	run --fuel 1000 --no-feature map "$dir/fail.wast"

file=$dir/pass.wast
expect profile 0 '2 pass' run --profile p3 "$file"
expect profile-1.0-pre 0 '"profile": *"1.0-pre"' run --format json --profile 1.0-pre "$file"
expect profile-unknown 2 'p3' run --profile p4 "$file"

file=testsuite/wast/values/char-outside-unicode-traps.wast
expect trap-sites 0 'of 1[0-9][0-9] trap sites reached' run --traps "$dir/traps" "$file"
grep -q '^convert_i32_to_char	1	invalid-char	[1-9]' "$dir/traps" && echo "ok trap-sites-file" ||
	echo "not ok trap-sites-file: $(head -3 "$dir/traps")"

# Of two events that are there, a poll may take either: the script wants the first.
script leaning <<'W'
(component
  (core module $Memory (memory (export "mem") 1))
  (core instance $memory (instantiate $Memory))
  (core module $M
    (import "" "mem" (memory 1))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "join" (func $join (param i32 i32)))
    (import "" "set-new" (func $set-new (result i32)))
    (import "" "poll" (func $poll (param i32 i32) (result i32)))
    (func $dropped-write (param $set i32) (result i32)
      (local $ends i64) (local $tx i32)
      (local.set $ends (call $new))
      (local.set $tx (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (drop (call $write (local.get $tx) (i32.const 8) (i32.const 1)))
      (call $drop-readable (i32.wrap_i64 (local.get $ends)))
      (call $join (local.get $tx) (local.get $set))
      (local.get $tx))
    (func (export "first-comes-first") (result i32)
      (local $set i32) (local $first i32)
      (local.set $set (call $set-new))
      (local.set $first (call $dropped-write (local.get $set)))
      (drop (call $dropped-write (local.get $set)))
      (drop (call $poll (local.get $set) (i32.const 0)))
      (i32.eq (i32.load (i32.const 0)) (local.get $first))))
  (type $s (stream u8))
  (canon stream.new $s (core func $new))
  (canon stream.write $s async (memory (core memory $memory "mem")) (core func $write))
  (canon stream.drop-readable $s (core func $drop-readable))
  (canon waitable.join (core func $join))
  (canon waitable-set.new (core func $set-new))
  (canon waitable-set.poll (memory (core memory $memory "mem")) (core func $poll))
  (core instance $m (instantiate $M (with "" (instance
    (export "mem" (memory $memory "mem")) (export "new" (func $new))
    (export "write" (func $write)) (export "drop-readable" (func $drop-readable))
    (export "join" (func $join)) (export "set-new" (func $set-new)) (export "poll" (func $poll))))))
  (func (export "first-comes-first") (result bool)
    (canon lift (core func $m "first-comes-first"))))
(assert_return (invoke "first-comes-first") (bool.const true))
W
expect leaning-holds 0 '2 pass' run "$file"
expect leaning-choice 1 'leans on  choice 1: shuffle took 1 of 0 to 1' run --choices 1 "$file"
expect leaning-json 1 '"leans_on": *"choice 1' run --choices 1 --format json "$file"
expect failing-leans-on-nothing 1 '0 pass, 1 fail$' run --seed 5 --filter 'fail.wast:2' "$dir/fail.wast"

# Where runners of scripts have gone wrong; spec/divergences.tsv has the sources.
script well-formed-quote <<'W'
(assert_malformed (component quote "(import \"f\" (func $f))") "unexpected token")
(assert_malformed (component quote "(import \"f\" (func $f))") "")
W
expect well-formed-quote 1 '0 pass, 2 fail' run "$file"
expect well-formed-quote-says-so 1 'actual  *it is valid' run "$file"

script invalid-for-malformed <<'W'
(assert_malformed (component quote "(import \"f\" (func (type 0)))") "type index out of bounds")
(assert_malformed (component quote "(import \"f\" (func (type 0)))") "")
(assert_invalid (component binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\02\00")
  "invalid leading byte (0x2) for component function results")
(assert_invalid (component binary "\00asm\0d\00\01\00" "\07\05\01" "\40\00\02\00") "")
W
expect invalid-for-malformed 1 '0 pass, 4 fail' run "$file"

script part-of-a-text <<'W'
(component definition $C
  (core module $m (func (export "f") unreachable))
  (core instance $i (instantiate $m))
  (func (export "f") (canon lift (core func $i "f"))))
(component instance $a $C)
(assert_trap (invoke "f") "cannot read")
(component instance $b $C)
(assert_trap (invoke "f")
  "cannot read from stream after being notified that the writable end dropped")
(component instance $c $C)
(assert_trap (invoke "f") "wasm `unreach")
(component instance $d $C)
(assert_trap (invoke "f") "wasm `unreachable` instruction executed")
W
expect part-of-a-text 1 '6 pass, 3 fail' run "$file"

script yield-leaning <<'W'
(component
  (component $Callee
    (canon thread.yield (core func $yield))
    (core module $M
      (import "" "yield" (func $yield (result i32)))
      (func (export "slow") (drop (call $yield))))
    (core instance $m (instantiate $M (with "" (instance (export "yield" (func $yield))))))
    (func (export "slow") async (canon lift (core func $m "slow"))))
  (component $Caller
    (import "slow" (func $slow async))
    (core module $Memory (memory (export "mem") 1))
    (core instance $memory (instantiate $Memory))
    (canon lower (func $slow) async (memory (core memory $memory "mem")) (core func $slow'))
    (core module $M
      (import "" "slow" (func $slow (result i32)))
      (func (export "state") (result i32) (i32.and (call $slow) (i32.const 0xf))))
    (core instance $m (instantiate $M (with "" (instance (export "slow" (func $slow'))))))
    (func (export "state") (result u32) (canon lift (core func $m "state"))))
  (instance $callee (instantiate $Callee))
  (instance $caller (instantiate $Caller (with "slow" (func $callee "slow"))))
  (func (export "state") (alias export $caller "state")))
(assert_return (invoke "state") (u32.const 1))
W
expect yield-leaning-holds 0 '2 pass' run "$file"
expect yield-leaning 1 'leans on  choice 1' run --choices 1 "$file"

# An enum of N cases whose last one, and the 7 behind it, lie in memory as BYTES.
large_enum() {
	awk -v n="$1" -v bytes="$2" 'BEGIN {
		printf "(component (type $e (enum"
		for (i = 0; i < n; i++) printf " \"c%d\"", i
		printf "))\n(export $x \"e\" (type $e))\n(core module $M (memory (export \"mem\") 1)\n"
		printf "(data (i32.const 16) \"%s\") (func (export \"f\") (result i32) (i32.const 16)))\n", bytes
		printf "(core instance $m (instantiate $M))\n(func (export \"f\") (result (tuple $x u8))\n"
		printf "(canon lift (core func $m \"f\") (memory (core memory $m \"mem\")))))\n"
		printf "(assert_return (invoke \"f\") (tuple.const (enum.const \"c%d\") (u8.const 7)))\n", n - 1
	}'
}
file=$dir/large-enum.wast
{ large_enum 65536 '\\ff\\ff\\07' && large_enum 65537 '\\00\\00\\01\\00\\07'; } >"$file"
expect enum-of-65536-cases 0 '4 pass, 0 fail' run "$file"

# canon abi
expect abi-layout 0 '"alignment": 8, "size": 24, "flat": \[ "i32", "i32", "f64" \]' \
	abi '(record (field "a" u8) (field "b" (option f64)))'
expect abi-function 0 '"lower": { "params": \[ "i32", "i32", "i32" \], "results": \[ \] }' \
	abi '(func (param "x" string) (result (list u8)))'
expect abi-lower 0 '"realloc": \[ \[ 0, 0, 4, 8, 0 \], \[ 0, 0, 1, 2, 8 \] \]' \
	abi --lower '["hi"]' '(list string)'
expect abi-lift 0 '"value": \[ "18446744073709551615" \]' \
	abi --lift '[0, 1]' --bytes ffffffffffffffff '(list u64)'
expect abi-store 0 '"at": 8, "bytes": "0001"' abi --store '[0, 1]' --ptr 8 '(tuple u8 u8)'
expect abi-trap 0 '"site": "load_string_from_range#4"' abi --lift '[0, 1]' --bytes 80 string
expect abi-nan 0 '"f64": "nan:0x7ff8000000000000"' abi --lower '"nan:0x7ff8000000000001"' f64
expect abi-handles 0 '"handles": \[ null, null \]' abi --handles '[null, {"own": 7}]' --lift '[1]' '(own $r)'
expect abi-full-heap 0 'realloc-out-of-memory' abi --lower '[1, 2]' --memory-size 1 '(list u8)'
expect abi-two-types 1 'not one type' abi 'u8 u16'
expect abi-no-type 1 'type:1: unexpected' abi sausage
expect abi-wrong-value 1 '300 is no value of type u8' abi --lower 300 u8
expect abi-unaligned 1 'not aligned' abi --load --ptr 1 u32
expect abi-no-json 2 'no JSON' abi --lower '[' u8
expect abi-missing-type 2 'TYPE' abi --load
expect abi-unknown-option 2 'frob' abi --frob u8
printf '{"type": "u8"}\ngarbage\n{"type": "u16", "op": "lift", "flat": [70000]}\n' >"$dir/requests"
if "$program" abi <"$dir/requests" >"$dir/out"; then
	echo "not ok abi-lines: status 0"
elif [ "$(wc -l <"$dir/out")" != 3 ] || ! tail -n 1 "$dir/out" | grep -q '"value":4464'; then
	echo "not ok abi-lines: $(tr '\n' ' ' <"$dir/out")"
else
	echo "ok abi-lines"
fi

expect subset 0 '0 differences' subset --seeds 2 testsuite/wast
expect subset-report 0 'bad-lazy-twice.wast	same	1	1' subset --report testsuite/wast/lazy
expect subset-out 0 'realloc-returns-bad-pointers.wast	out	[0-9]*	0	realloc' \
	subset --report testsuite/wast/traps
printf '(component' >"$dir/broken.wast"
printf '(component)' >"$dir/whole.wast"
expect subset-broken 1 'broken.wast: unexpected-token' subset "$dir/broken.wast" "$dir/whole.wast"
expect subset-nothing 4 '0 scripts' subset "$dir/none"
expect subset-no-path 2 'usage' subset
expect subset-missing-file 2 'nowhere' subset "$dir/nowhere"

# Which of two threads goes on first is open, and so is whether a yield yields.
leans=testsuite/explore/two-threads.wast
expect explore-holds 0 ' hold in all runs, 0 in some, 0 in none' explore --max-runs 200 testsuite/wast/lazy
expect explore-leans 1 ':76:1: assert_return: holds in some' explore $leans
expect explore-witness 1 'fail .*returned (u32.const 1221)' explore $leans
again=$("$program" explore $leans | sed -n 's/^ *again *//p' | grep -e '--choices 0,1 ')
if sh -c "$again" >"$dir/out" || ! grep -q '^  actual *(u32.const 1[12]2[12])' "$dir/out"; then
	echo "not ok explore-replay: $again: $(tr '\n' ' ' <"$dir/out")"
else
	echo "ok explore-replay"
fi
expect explore-filter 0 ' 1 directives: 1 hold in all' explore --filter ':4:' $leans
expect explore-bound 0 'not all choices .* more runs than --max-runs' \
	explore --max-runs 1 $leans
expect explore-depth 0 '121: not all choices .* more choices than --depth ' \
	explore --depth 10 testsuite/wast/traps/subtasks-and-what-they-were-lent.wast
expect explore-json 1 '"holds":"holds in some"' explore --format json $leans

# What the core specification leaves open: the bits of a NaN, and whether growing succeeds.
script core-choices <<'W'
(module (memory 1) (table 1 funcref)
  (func (export "nan") (param f32 f32) (result i32)
    (i32.reinterpret_f32 (f32.add (local.get 0) (local.get 1))))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "table") (result i32) (table.grow (ref.null func) (i32.const 1))))
(assert_return (invoke "nan" (f32.const nan) (f32.const 1)) (i32.const 0x7fc00000))
(assert_return (invoke "grow") (i32.const 1))
(assert_return (invoke "table") (i32.const 1))
W
expect nan-is-chosen 1 ': 3 hold in all runs, 1 in some, 0 in none' \
	explore "$file"
expect nan-witness 1 'returned (i32.const -4194304)' explore "$file"
expect growth-is-chosen 1 ': 1 hold in all runs, 3 in some, 0 in none' \
	explore --growth-may-fail "$file"
expect growth-witness 1 'returned (i32.const -1)' explore --growth-may-fail "$file"
expect growth-again 1 'again .*--growth-may-fail' explore --growth-may-fail "$file"
expect growth-by-seeds 0 '3 pass' run --seed 5 --filter ':[178]:' "$file"
expect growth-replayed 1 '3 pass, 1 fail' run --growth-may-fail --choices 0,1 "$file"

expect explore-nothing 4 '0 directives' explore "$dir/none"
printf '(module' >"$dir/broken.wast"
expect explore-broken 1 'error *malformed unexpected-token' explore "$dir/broken.wast"
expect explore-no-path 2 'usage: canon explore' explore
expect explore-no-runs 2 '1 at least' explore --max-runs 0 $leans
# canon trace. traced NAME ARGS...: its standard output has to be standard input, but for the folder.
# (Its standard error is not looked at: AddressSanitizer says something of swapcontext there.)
traced() {
	name=$1
	shift
	cat >"$dir/want"
	timeout 300 "$program" trace "$@" 2>"$dir/err" </dev/null | sed "s|$dir/||" >"$dir/out"
	if cmp -s "$dir/want" "$dir/out"; then
		echo "ok $name"
	else
		echo "not ok $name: $(diff "$dir/want" "$dir/out" | head -5 | tr '\n' ' ')"
	fi
}

script trace <<'W'
(component $C
  (core module $M
    (import "" "new" (func $new (result i32)))
    (import "" "drop" (func $drop (param i32)))
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "len") (param i32 i32) (result i32)
      (call $drop (call $new)) (local.get 1))
    (func (export "half") (param f32) (result f32) (f32.mul (local.get 0) (f32.const 0.5)))
    (func (export "bad") (call $drop (i32.const 7))))
  (core func $new (canon waitable-set.new))
  (core func $drop (canon waitable-set.drop))
  (core instance $m (instantiate $M
    (with "" (instance (export "new" (func $new)) (export "drop" (func $drop))))))
  (func (export "len") (param "s" string) (result u32) (canon lift (core func $m "len")
    (memory (core memory $m "mem")) (realloc (core func $m "realloc"))))
  (func (export "half") (param "x" f32) (result f32) (canon lift (core func $m "half")))
  (func (export "bad") (canon lift (core func $m "bad"))))
(assert_return (invoke "len" (str.const "h\n")) (u32.const 2))
(assert_return (invoke "half" (f32.const 3)) (f32.const 1))
(assert_trap (invoke "bad") "unknown handle index")
W
traced trace-lines "$file" <<'W'
trace.wast:1:1: component
  core_instantiate $M
  = pass: done
trace.wast:19:1: assert_return
  canon_lift $C "len"
    thread 2 starts
      on_start: (str.const "h\0a")
      thread 3 starts
        realloc $C "realloc"(0, 0, 1, 2) -> 64
      thread 3 ends
      callee $C "len"(64, 2)
        canon_waitable_set_new() -> 1
        canon_waitable_set_drop(1)
      callee returns -> 2
      on_resolve: (u32.const 2)
    thread 2 ends
  canon_lift returns
  = pass: returned (u32.const 2)
trace.wast:20:1: assert_return
  canon_lift $C "half"
    thread 4 starts
      on_start: (f32.const 3)
      callee $C "half"((f32.const 3)) -> (f32.const 1.5)
      on_resolve: (f32.const 1.5)
    thread 4 ends
  canon_lift returns
  = fail: returned (f32.const 1.5)
    expected  (f32.const 1)
    actual    (f32.const 1.5)
trace.wast:21:1: assert_trap
  canon_lift $C "bad"
    thread 5 starts
      on_start
      callee $C "bad"()
        canon_waitable_set_drop(7)
          trap unknown-handle-index at Table_get#1, "Table State"
  = pass: trap unknown-handle-index at Table_get#1, "Table State"
W
traced trace-json --format json --filter ':2[01]:' --max-events 3 "$file" <<'W'
{"file":"trace.wast","directive":20,"depth":0,"event":"directive","name":"assert_return","column":1}
{"file":"trace.wast","directive":20,"depth":0,"event":"call","name":"canon_lift","function":"$C \"half\"","thread":0}
{"file":"trace.wast","directive":20,"depth":1,"event":"thread","name":"starts","thread":4}
{"file":"trace.wast","directive":20,"depth":2,"event":"lifted","name":"on_start","values":["(f32.const 3)"],"thread":4}
{"file":"trace.wast","directive":20,"depth":0,"event":"left-out","events":5}
{"file":"trace.wast","directive":20,"depth":0,"event":"outcome","name":"assert_return","outcome":"fail","did":"returned (f32.const 1.5)","expected":"(f32.const 1)","actual":"(f32.const 1.5)"}
{"file":"trace.wast","directive":21,"depth":0,"event":"directive","name":"assert_trap","column":1}
{"file":"trace.wast","directive":21,"depth":0,"event":"call","name":"canon_lift","function":"$C \"bad\"","thread":0}
{"file":"trace.wast","directive":21,"depth":1,"event":"thread","name":"starts","thread":5}
{"file":"trace.wast","directive":21,"depth":2,"event":"lifted","name":"on_start","values":[],"thread":5}
{"file":"trace.wast","directive":21,"depth":4,"event":"error","name":"trap","class":"unknown-handle-index","site":"Table_get#1","section":"Table State","message":"Table_get#1: trap_if(i >= self->array.len)","thread":5}
{"file":"trace.wast","directive":21,"depth":0,"event":"left-out","events":2}
{"file":"trace.wast","directive":21,"depth":0,"event":"outcome","name":"assert_trap","outcome":"pass","did":"trap unknown-handle-index at Table_get#1","expected":"trap \"unknown handle index\"","actual":"trap unknown-handle-index: Table_get#1: trap_if(i >= self->array.len)","class":"unknown-handle-index","site":"Table_get#1","section":"Table State"}
W
# What explore prints can be traced, and the choices that it names are those that are made.
choices=$("$program" explore $leans | sed -n 's/^ *again .*--choices \(0,1\) .*/\1/p')
"$program" trace --choices "$choices" $leans | grep ' chooses ' | head -2 | tr -d '\n' >"$dir/out"
if ! grep -q 'until chooses 0 of 2 .*Thread_wait_until chooses 1 of 2$' "$dir/out"; then
	echo "not ok trace-choices: $choices: $(cat "$dir/out")"
else
	echo "ok trace-choices"
fi
expect trace-thread 0 '^    thread 4 resumes$' trace $leans
expect trace-event 0 'canon_waitable_set_wait returns -> 1 (SUBTASK of 2: RETURNED)' trace $leans
expect trace-subtask 0 'canon_lower returns -> 33 (STARTED, subtask 2)' trace $leans
expect trace-cancel 0 '^ *on_resolve cancelled$' trace testsuite/wast/lazy/cancelled-before-it-started.wast
expect trace-seed 1 'chooses 1 of 2' trace --seed 3 $leans
expect trace-broken 1 '= error: malformed unexpected-token' trace "$dir/broken.wast"
expect trace-no-path 2 'usage: canon trace' trace
expect trace-format 2 'takes a format (human, json), not xml' trace --format xml "$file"
expect trace-choices-text 2 'choices takes numbers' trace --choices x "$file"
expect trace-no-number 2 'max-events takes a whole number' trace --max-events x "$file"
expect trace-missing 2 'missing.wast' trace "$dir/missing.wast"
expect trace-nothing 4 'no directive ran' trace --filter nothing-is-called-so "$file"
# An end of a stream is no number: it would be another one in each run.
script stream <<'W'
(component
  (type $s (stream u8))
  (core func $new (canon stream.new $s))
  (core module $M
    (import "" "new" (func $new (result i64)))
    (func (export "f") (result i32) (i32.wrap_i64 (call $new))))
  (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
  (func (export "f") (result $s) (canon lift (core func $m "f"))))
(assert_return (invoke "f"))
W
expect stream-is-no-number 1 'actual *(handle stream)$' run "$file"
script escape <<'W'
(assert_return (invoke "\1b[2J"))
W
expect trace-escapes 1 '= error: script' trace "$file"
script wide <<'W'
(component
  (core module $M
    (memory (export "mem") 1)
    (func (export "\1b[2J") (result i32) (i32.const 0)) (data (i32.const 4) "\00\04"))
  (core instance $m (instantiate $M))
  (func (export "f") (result (list u8))
    (canon lift (core func $m "\1b[2J") (memory (core memory $m "mem")))))
(assert_return (invoke "f"))
W
expect trace-controls 1 'callee "\\1b\[2J"() -> 0' trace "$file"
expect trace-cut 1 'on_resolve: (list.const (u8.const 0).*\.\.\.$' trace "$file"
expect trace-uncut 1 'on_resolve: (list.const (u8.const 0).*(u8.const 0))$' trace --verbose "$file"
# To print values takes no fuel: with so much the call ends, but not with twice its values.
expect trace-fuel 1 '^    actual *(list.const' trace --fuel 2100 "$file"
cat >"$dir/realloc.wat" <<'W'
(component
  (core module $m
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 8))
    (func (export "f") (param i32 i32) (result i32) (i32.load8_u (local.get 0))))
  (core instance $i (instantiate $m))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $i "f") (memory (core memory $i "mem"))
      (realloc (core func $i "realloc")))))
W
printf '(module)' >"$dir/module.wat"
expect realloc-outside 1 'the feature realloc, which is not in profile 1.0-pre' \
	validate --profile 1.0-pre "$dir/realloc.wat"
expect adapt 0 'adapted: 1 lifts, 0 lowers, 0 reads' adapt "$dir/realloc.wat" -o "$dir/adapted.wasm"
expect adapted-inside 0 'valid component' validate --profile 1.0-pre "$dir/adapted.wasm"
expect adapt-module 1 'core module' adapt "$dir/module.wat" -o "$dir/never.wasm"
expect adapt-without-output 2 'OUT' adapt "$dir/realloc.wat"
[ -e "$dir/never.wasm" ] && echo "not ok adapt-writes-nothing" || echo "ok adapt-writes-nothing"
{
	echo '(component (core module $m (memory (export "mem") 1)'
	echo ' (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 8)))'
	echo ' (core instance $i (instantiate $m)) (type $t0 (tuple string string))'
	for n in $(seq 14); do echo " (type \$t$n (tuple \$t$((n - 1)) \$t$((n - 1))))"; done
	for n in $(seq 15 105); do echo " (type \$t$n (list \$t$((n - 1))))"; done
	echo ' (type $s (stream $t105)) (canon stream.read $s async (memory (core memory $i "mem"))'
	echo ' (realloc (core func $i "realloc")) (core func)))'
} >"$dir/too-much.wat"
expect adapt-too-much 1 'adapt-size-limit' adapt "$dir/too-much.wat" -o "$dir/never.wasm"
printf '(component (import "r" (type $r (sub resource))) (component))' >"$dir/nothing.wat"
expect adapt-nothing 0 '0 options dropped' adapt "$dir/nothing.wat" -o "$dir/nothing.wasm"
expect equiv 0 '^23 types, 413 values, 5548 comparisons' equiv --size 1
expect equiv-bad-size 2 'size' equiv --size 9
expect equiv-too-many 2 'usage' equiv sausage

# Known failures.
printf 'file\tline\twhy\nfail.wast\t2\tit never was 2\n' >"$dir/known.tsv"
expect known-failure 0 '1 pass, 0 fail, 1 xfail' run --expectations "$dir/known.tsv" "$dir/fail.wast"
expect known-failure-says-why 0 'xfail.*fail.wast:2:1.*it never was 2' \
	run --verbose --expectations "$dir/known.tsv" "$dir/fail.wast"
expect known-failure-in-json 0 '"known": *"it never was 2"' \
	run --format json --expectations "$dir/known.tsv" "$dir/fail.wast"
expect another-file-is-not-known 1 '1 pass, 1 fail$' \
	run --expectations "$dir/known.tsv" --filter 'pass.wast:9|ing.wast:' --choices 1 "$dir/leaning.wast"
printf 'file\tline\npass.wast\t2\n' >"$dir/known.tsv"
expect unexpected-pass 1 'xpass.*pass.wast:2:1' run --expectations "$dir/known.tsv" "$dir/pass.wast"
printf 'file\tline\npass.wast\ttwo\n' >"$dir/known.tsv"
expect bad-expectations 2 'known.tsv:2' run --expectations "$dir/known.tsv" "$dir/pass.wast"
expect no-expectations 2 'nowhere.tsv' run --expectations "$dir/nowhere.tsv" "$dir/pass.wast"
expect verbose 0 '^pass .*pass.wast:2:1: assert_return' run --verbose "$dir/pass.wast"

# canon validate, encode, print
cat >"$dir/good.wat" <<'W'
(component $named
  (core module $m (func (export "f") (result i32) (i32.const 1)))
  (core instance $i (instantiate $m))
  (func (export "f") (result u32) (canon lift (core func $i "f"))))
W
printf '(component\n  (type (tuple)))\n' >"$dir/invalid.wat"
printf '(component\n  (type (tuple u8)\n' >"$dir/cut.wat"
printf '(component (type (map string u8)))' >"$dir/feature.wat"
printf '(component (type (list u8 3)))' >"$dir/fixed.wat"
printf '(component (import "a" (value u8)) (export "b" (value 0)))' >"$dir/values.wat"
expect validate 0 'good.wat: valid component' validate "$dir/good.wat"
expect validate-one-of-two 1 'invalid.wat:2:.*invalid ' validate "$dir/good.wat" "$dir/invalid.wat"
expect validate-goes-on 1 'good.wat: valid' validate "$dir/invalid.wat" "$dir/good.wat"
expect validate-malformed 1 'cut.wat:.*malformed ' validate "$dir/cut.wat"
expect validate-json 1 '"reason": *"empty-tuple"' validate --format json "$dir/invalid.wat"
expect validate-feature 0 'valid component' validate --features map "$dir/feature.wat"
expect validate-without-feature 1 'feature-disabled' validate --features all,-map "$dir/feature.wat"
expect validate-outside-profile 1 'the feature values (🪙), which is not in profile p3' \
	validate "$dir/values.wat"
expect validate-inside-profile 0 'valid component' validate --features values "$dir/values.wat"
expect validate-profile 1 'the feature fixed-length-lists (🔧), which is not in profile 1.0-pre' \
	validate --profile 1.0-pre "$dir/fixed.wat"
expect validate-switched-off 1 'the feature map (🗺️), which is switched off in profile p3' \
	validate --features -map "$dir/feature.wat"
expect features 0 '^map  *🗺️  *0.3.1  *yes  *yes ' features
expect features-json 0 '"1.0-pre": *false' features --format json
expect features-too-many 2 'sausage' features sausage
expect validate-unknown-feature 2 'sausage' validate --features sausage "$dir/good.wat"
expect validate-missing-file 2 'nowhere.wasm' validate "$dir/nowhere.wasm"
expect validate-folder 2 "$dir" validate "$dir"
expect validate-nothing 2 'usage' validate
expect encode 0 '' encode "$dir/good.wat" -o "$dir/good.wasm"
expect encode-invalid 1 'invalid.wat:2:' encode "$dir/invalid.wat" -o "$dir/never.wasm"
[ -e "$dir/never.wasm" ] && echo "not ok encode-invalid-writes-nothing" ||
	echo "ok encode-invalid-writes-nothing"
expect encode-unasked-invalid 0 '' encode --no-validate "$dir/invalid.wat" -o "$dir/invalid.wasm"
expect encode-nowhere 2 'no-such-folder' encode "$dir/good.wat" -o "$dir/no-such-folder/x.wasm"
expect encode-without-output 2 'OUT' encode "$dir/good.wat"
expect validate-binary 0 'good.wasm: valid component' validate "$dir/good.wasm"
expect validate-invalid-binary 1 'invalid.wasm:0x[0-9a-f]*: invalid' validate "$dir/invalid.wasm"
expect print 0 '(component $named' print "$dir/good.wasm"
expect print-without-names 0 '^(component$' print --no-names "$dir/good.wasm"
"$program" print "$dir/good.wasm" -o "$dir/again.wat"
"$program" encode "$dir/again.wat" -o "$dir/again.wasm"
cmp -s "$dir/good.wasm" "$dir/again.wasm" && echo "ok print-and-encode" || echo "not ok print-and-encode"
"$program" validate - <"$dir/good.wasm" | grep -q 'valid component' && echo "ok validate-stdin" ||
	echo "not ok validate-stdin"
[ "$("$program" validate - - 2>&1 <&- | grep -c unreadable)" = 2 ] && echo "ok validate-no-stdin-twice" ||
	echo "not ok validate-no-stdin-twice"

# bytes NAME OCTALS: they become a file behind the component preamble; its path is left in $file.
bytes() {
	file=$dir/$1.wasm
	printf '\000asm\015\000\001\000'"$2" >"$file"
}
bytes truncated-section '\007\012\001'
expect binary-truncated 1 'truncated-section.wasm:0x9: malformed' validate "$file"
bytes unknown-section '\143\000'
expect binary-unknown-section 1 ':0x8: malformed' validate "$file"
bytes huge-count '\007\005\377\377\377\377\017'
expect binary-huge-count 1 ':0xf: malformed' validate "$file"
bytes section-too-long '\007\004\001\177\000\000'
expect binary-section-too-long 1 ':0xc: malformed section-size-mismatch' validate "$file"
bytes not-utf8 '\013\010\001\000\002\377\376\001\000\000'
expect binary-not-utf8 1 ':0xd: malformed' validate "$file"
printf '\000asm\016\000\001\000' >"$file"
expect binary-version 1 ':0x4: malformed' print "$file"
printf 'MZ\220\000' >"$file"
expect no-wasm-at-all 1 'malformed' validate "$file"

# canon invoke: values in WAVE, names, traps, and what does not fit.
cat >"$dir/inv.wat" <<'W'
(component
  (import "ns:host/api@1.0.0" (instance $host
    (export "r" (type (sub resource)))
    (export "beep" (func (param "x" u32)))))
  (core func $beep (canon lower (func $host "beep")))
  (core module $m
    (import "" "beep" (func $beep (param i32)))
    (memory (export "mem") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
    (func (export "pair") (param i32 i32) (result i32)
      (i32.store (i32.const 0) (local.get 0))
      (i32.store (i32.const 4) (local.get 1))
      (i32.const 0))
    (func (export "none"))
    (func (export "beep") (call $beep (i32.const 1)))
    (func (export "trap") unreachable)
    (func (export "loop") (loop (br 0))))
  (core instance $i (instantiate $m (with "" (instance (export "beep" (func $beep))))))
  (func $echo (param "s" string) (result string) (canon lift (core func $i "pair")
    (memory (core memory $i "mem")) (realloc (core func $i "realloc"))))
  (func $none (canon lift (core func $i "none")))
  (func (export "list") (param "l" (list u32)) (result (list u32)) (canon lift (core func $i "pair")
    (memory (core memory $i "mem")) (realloc (core func $i "realloc"))))
  (func (export "beep") (canon lift (core func $i "beep")))
  (func (export "trap") (canon lift (core func $i "trap")))
  (func (export "loop") (canon lift (core func $i "loop")))
  (instance (export "ns:pkg/one@1.2.0") (export "echo" (func $echo)) (export "none" (func $none)))
  (instance (export "two") (export "none" (func $none))))
W
inv=$dir/inv.wat
expect invoke-list-of-functions 0 '^ns:pkg/one@1.2.0#echo: func(s: string) -> string$' invoke "$inv"
expect invoke-list-option 0 '^trap: func()$' invoke --list "$inv" 'trap()'
expect invoke 0 '^\[1, 2\]$' invoke "$inv" 'list([1, 2])'
expect invoke-nested 0 '^"hi"$' invoke "$inv" 'ns:pkg/one@1.2.0#echo("hi")'
expect invoke-nested-with-dot 0 '^"hi"$' invoke "$inv" 'ns:pkg/one.echo@1.2.0("hi")'
expect invoke-nested-short 0 '^"hi"$' invoke "$inv" 'echo("hi")'
expect invoke-without-result 0 '^()$' invoke "$inv" 'two#none()'
expect invoke-ambiguous 2 'ns:pkg/one@1.2.0#none` and `two#none' invoke "$inv" 'none()'
expect invoke-unknown 2 'no exported function `frob`; there are list,' invoke "$inv" 'frob()'
expect invoke-without-arguments 2 '^call:1:5: expected `(` and the arguments: list is a func' invoke "$inv" list
expect invoke-bad-argument 2 '^call:1:10: expected a number of type u32, found `x`' invoke "$inv" 'list([1, x])'
expect invoke-mark 2 '^           ^$' invoke "$inv" 'list([1, x])'
expect invoke-too-many 2 'call:1:10: expected `)` after 1 argument' invoke "$inv" 'list([], 1)'
expect invoke-trap 1 'inv.wat: trap unreachable' invoke "$inv" 'trap()'
expect invoke-timeout 1 'exhausted timeout' invoke --timeout 0.2 "$inv" 'loop()'
expect invoke-fuel 1 'exhausted fuel' invoke --fuel 100000 "$inv" 'loop()'
expect invoke-missing-import 1 'trap missing-import: `ns:host/api@1.0.0#beep` was called' invoke "$inv" 'beep()'
expect invoke-refuse-imports 1 'unknown-import' invoke --imports refuse "$inv" 'trap()'
expect invoke-names-imports 0 'nothing provides the import ns:host/api@1.0.0' invoke --verbose "$inv" 'echo("")'
expect invoke-json 0 '"result": *"\[7\]"' invoke --format json "$inv" 'list([7])'
expect invoke-json-trap 1 '"reason": *"unreachable"' invoke --format json "$inv" 'trap()'
expect invoke-json-list 0 '"type": *"func(l: list<u32>) -> list<u32>"' invoke --format json "$inv"
expect invoke-bad-option 2 'trap or refuse' invoke --imports maybe "$inv" 'trap()'
expect invoke-no-file 2 'no FILE' invoke
expect invoke-missing-file 2 'none.wat: No such file' invoke "$dir/none.wat" 'f()'
expect invoke-two-calls 2 'one call is taken' invoke "$inv" 'trap()' 'trap()'
expect invoke-filter 2 'not for this command' invoke --filter x "$inv" 'trap()'
expect invoke-help 0 'WAVE' invoke --help
echo '(module (func (export "f")' >"$dir/inv-bad.wat"
expect invoke-malformed 1 'inv-bad.wat:1:9: malformed' invoke "$dir/inv-bad.wat" 'f()'
echo '(module (func (export "f") (result i32)))' >"$dir/inv-bad.wat"
expect invoke-invalid 1 'inv-bad.wat:1:[0-9]*: invalid type-mismatch' invoke "$dir/inv-bad.wat" 'f()'
cat >"$dir/inv-core.wat" <<'W'
(module
  (import "env" "print" (func $print (param i32)))
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 40)))
  (func (export "add") (param i32 i64) (result i32)
    (i32.add (global.get $ready) (i32.add (local.get 0) (i32.wrap_i64 (local.get 1)))))
  (func (export "two words") (param f64) (result f64 i32) (local.get 0) (i32.const -1))
  (func (export "print") (call $print (i32.const 1))))
W
core=$dir/inv-core.wat
expect invoke-core 0 '^43$' invoke "$core" 'add(1, 2)'
expect invoke-core-quoted-name 0 '^(-0.5, -1)$' invoke "$core" '"two words"(-0.5)'
expect invoke-core-import 1 'trap missing-import: `env#print` was called' invoke "$core" 'print()'
expect invoke-core-refuse-imports 1 'unknown-import' invoke --imports refuse "$core" 'add(1, 2)'
expect invoke-core-list 0 '^add: (func (param i32 i64) (result i32))$' invoke "$core"
expect invoke-core-bad-argument 2 'call:1:5: expected a number of type i32, found `"`' invoke "$core" 'add("a", 1)'
cat >"$dir/inv-wasi.wat" <<'W'
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open" (func $open))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\03\00\00\00hi\n")
  (func (export "hi") (param i32) (result i32)
    (call $write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 100)))
  (func (export "exit") (call $exit (i32.const 3)))
  (func (export "done") (result i32) (call $exit (i32.const 0)) (i32.const 1))
  (func (export "random") (result i64)
    (drop (call $random (i32.const 16) (i32.const 8)))
    (i64.load (i32.const 16)))
  (func (export "open") (call $open)))
W
wasi=$dir/inv-wasi.wat
expect invoke-wasi-output 0 '^hi$' invoke "$wasi" 'hi(1)'
expect invoke-wasi-result 0 '^8$' invoke "$wasi" 'hi(3)'
expect invoke-wasi-exit 1 'trap exit: the program ended itself with status 3' invoke "$wasi" 'exit()'
expect invoke-wasi-exit-well 0 '^()$' invoke "$wasi" 'done()'
expect invoke-wasi-file 1 'trap missing-import: `wasi_snapshot_preview1#path_open`' invoke "$wasi" 'open()'
one=$("$program" invoke "$wasi" 'random()') two=$("$program" invoke "$wasi" 'random()')
other=$("$program" invoke --seed 5 "$wasi" 'random()')
[ "$one" = "$two" ] && [ "$one" != "$other" ] && echo "ok invoke-wasi-random" ||
	echo "not ok invoke-wasi-random: $one $two $other"

# Names that others wrote: in a list as a call has them, in messages without what moves the cursor, and in
# JSON as UTF-8.
cat >"$dir/inv-names.wat" <<'W'
(module
  (func (export "\1b[2J\c2\9b") (result i32) (i32.const 5))
  (func (export "(x") (result i32) (i32.const 6))
  (func (export "//")) (func (export "")) (func (export " a")))
W
names=$dir/inv-names.wat
expect invoke-list-quotes-names 0 '^"\\u{1b}\[2J\\u{9b}": (func (result i32))$' invoke "$names"
expect invoke-list-quotes-parentheses 0 '^"(x": (func (result i32))$' invoke "$names"
expect invoke-list-quotes-comments 0 '^"//": (func)$' invoke "$names"
expect invoke-quoted-control 0 '^5$' invoke "$names" '"\u{1b}[2J\u{9b}"()'
expect invoke-unknown-lists-quoted 2 '"(x", "//", "", " a"$' invoke "$names" 'f()'
expect invoke-json-raw-name 0 '"name": *"\\u001b\[2J' invoke --format json "$names"
awk 'BEGIN { print "(module"; for (i = 0; i < 99; i++) printf "(func (export \"name%d\"))", i; print ")" }' \
	>"$dir/inv-many.wat"
expect invoke-unknown-of-many 2 'name[0-9]*, \.\.\.$' invoke "$dir/inv-many.wat" 'f()'
expect invoke-json-of-other-bytes 2 '"call": *"f(�)"' invoke --format json "$names" "$(printf 'f(\377)')"
expect validate-json-of-other-bytes 2 '"file": *"�"' validate --format json "$(printf '\377')"
expect validate-cleans-paths 2 '^\\1b\[2J: script unreadable' validate "$(printf '\033[2J')"
script clean <<'W'
(assert_invalid (module) "\1b[2J\c2\9b")
W
expect report-is-clean 1 '^  expected  invalid "\\1b\[2J\\c2\\9b"$' run "$file"
expect explore-is-clean 1 '^  expected  invalid "\\1b\[2J\\c2\\9b"$' explore "$file"

# Where the output cannot be written, nothing is as expected.
# full NAME ARGS...
full() {
	name=$1
	shift
	"$program" "$@" >/dev/full 2>"$dir/out" </dev/null
	[ $? = 3 ] && grep -q 'could not be written' "$dir/out" && echo "ok $name" || echo "not ok $name"
}
if [ -e /dev/full ]; then
	full full-help --help
	full full-help-of-command run --help
	full full-run run "$dir/pass.wast"
	full full-validate validate "$inv"
	full full-invoke invoke "$inv" 'list([])'
	full full-features features
fi

# Standard input, and files without an end.
"$program" run - <"$dir/pass.wast" | grep -q '2 pass' && echo "ok run-standard-input" ||
	echo "not ok run-standard-input"
"$program" run --jobs 2 - "$dir/pass.wast" <"$dir/pass.wast" | grep -q '4 pass' &&
	echo "ok run-standard-input-in-jobs" || echo "not ok run-standard-input-in-jobs"
"$program" run --seed 3 - <"$dir/fail.wast" >"$dir/out"
grep -q '^fail -:2:1' "$dir/out" && echo "ok run-standard-input-fails" ||
	echo "not ok run-standard-input-fails"
expect endless-file 2 'zero: script unreadable: File too large' validate /dev/zero
expect endless-call 2 'zero: File too large' invoke /dev/zero 'f()'
expect endless-expectations 2 'zero: File too large' run --expectations /dev/zero "$dir/pass.wast"
"$program" abi </ 2>"$dir/out"; [ $? = 3 ] && echo "ok abi-unreadable-input" || echo "not ok abi-unreadable-input"
expect equiv-bad-option 2 'nothing but --size' equiv --bogus
expect equiv-bad-size 2 'nothing but --size' equiv --size 2x
expect encode-option-of-print 2 'unknown option --no-names' encode --no-names "$names" -o "$dir/names.wasm"
expect print-option-of-encode 2 'unknown option --no-validate' print --no-validate "$names"

# Messages say what is there.
printf '\357\273\277(module)' >"$dir/bom.wat"
expect byte-order-mark 1 'bom.wat:1:1: malformed illegal-character: illegal character U+FEFF$' validate "$dir/bom.wat"
printf '(module (export "\001" (func 0)))' >"$dir/control.wat"
expect control-in-string 1 'control.wat:1:18: .*illegal character U+0001$' validate "$dir/control.wat"
script unfit <<'W'
(module $M (func (export "f") (param i32)) (func (export "n")) (memory (export "m") i64 1 5)
  (table (export "t") 2 funcref) (global (export "g") (mut i64) (i64.const 0)) (tag (export "e") (param f32)))
(register "M" $M)
(module (import "M" "f" (global i32)))
(module (import "M" "n" (func (param i32))))
(module (import "M" "m" (memory 1)))
(module (import "M" "t" (table 3 funcref)))
(module (import "M" "g" (global i64)))
(module (import "M" "e" (tag)))
W
for found in '"f": found func (param i32)' '"n": found func' '"m": found memory i64 1 5' \
	'"t": found table 2 funcref' '"g": found global (mut i64)' '"e": found tag (param f32)'; do
	expect "unfit-import-$(echo "$found" | cut -c2)" 1 "for \"M\" $found (at" run "$file"
done
ln -s nowhere "$dir/dangling.wast"
expect dangling-link 2 'cannot read .*dangling.wast' run "$dir/dangling.wast"
