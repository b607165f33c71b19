// Package bench measures the program against ceilings of the same run: what the machine, the disk
// and the libraries would do without it. `make bench` prints one line per figure; BENCH_SIZE says
// over how much data (docs/performance.md).
package bench
