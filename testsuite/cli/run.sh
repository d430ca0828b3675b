#!/bin/sh
# run.sh PROGRAM - the command line's contract: exit status, and what is said about bad input.
# One line a case: "ok NAME", or "not ok NAME" with the reason.
program=$1
dir=$(mktemp -d) || exit 3
trap 'rm -rf "$dir"' EXIT

# expect NAME STATUS TEXT ARGS...: the status, and TEXT (a basic regular expression) somewhere
# in what is printed.
expect() {
	name=$1 want=$2 text=$3
	shift 3
	timeout 60 "$program" "$@" >"$dir/out" 2>&1 </dev/null
	got=$?
	if [ $got != "$want" ]; then
		echo "not ok $name: status $got, not $want: $(head -c 300 "$dir/out" | tr '\n' ' ')"
	elif ! grep -q -e "$text" "$dir/out"; then
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

file=testsuite/wast/values/char-outside-unicode-traps.wast
expect trap-sites 0 'of 1[0-9][0-9] trap sites reached' run --traps "$dir/traps" "$file"
grep -q '^convert_i32_to_char	1	invalid-char	[1-9]' "$dir/traps" && echo "ok trap-sites-file" ||
	echo "not ok trap-sites-file: $(head -3 "$dir/traps")"
