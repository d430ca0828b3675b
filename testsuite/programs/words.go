// words.go - a program that leans on Go's run time: maps, slices, strings, sorting, formatting,
// goroutines, garbage. tools/programs builds it as a WASI library and for this machine, where main calls
// the function that its arguments name, and compares what is returned.
package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

func hash(s string) int64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return int64(h.Sum64())
}

// Counts made-up words, and hashes the sorted counts.
//
//go:wasmexport count_words
func countWords(n int32) int64 {
	counts := map[string]int{}
	state := uint32(n)
	for i := int32(0); i < n; i++ {
		state = state*1664525 + 1013904223
		counts[strings.Repeat("ab", int(state>>28))+strconv.Itoa(int(state>>20&15))]++
	}
	var lines []string
	for word, count := range counts {
		lines = append(lines, fmt.Sprintf("%s=%05d", word, count))
	}
	sort.Strings(lines)
	return hash(strings.Join(lines, "\n"))
}

// A sum that goroutines share the work of.
//
//go:wasmexport parallel_sum
func parallelSum(workers, n int32) float64 {
	var group sync.WaitGroup
	parts := make(chan float64, workers)
	for w := int32(0); w < workers; w++ {
		group.Add(1)
		go func(from int32) {
			defer group.Done()
			time.Sleep(time.Millisecond)
			sum := 0.0
			for i := from; i < n; i += workers {
				sum += float64(i) / 4
			}
			parts <- sum
		}(w)
	}
	group.Wait()
	close(parts)
	total := 0.0
	for part := range parts {
		total += part
	}
	return total
}

type tree struct{ left, right *tree }

func grow(depth int32) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) size() int32 {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.size() + t.right.size()
}

// The size of trees of which all but the last are garbage.
//
//go:wasmexport trees
func trees(depth, n int32) int32 {
	var sum int32
	for i := int32(0); i < n; i++ {
		sum += grow(depth).size()
	}
	return sum
}

func main() {
	arg := func(i int) int32 {
		v, err := strconv.ParseInt(os.Args[i], 10, 32)
		if err != nil {
			panic(err)
		}
		return int32(v)
	}
	switch os.Args[1] {
	case "count_words":
		fmt.Println(countWords(arg(2)))
	case "parallel_sum":
		fmt.Println(parallelSum(arg(2), arg(3)))
	case "trees":
		fmt.Println(trees(arg(2), arg(3)))
	}
}
