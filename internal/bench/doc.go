// Package bench measures the program and, in the same run, upper limits for it: what the machine, the
// disk and the libraries could do without it. `make bench` prints one line per figure; BENCH_SIZE
// selects the amount of data (docs/performance.md).
package bench
