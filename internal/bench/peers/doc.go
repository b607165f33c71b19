// Package peers fills this program and others that people use for the same job with the same county, asks each the same
// and prints their figures side by side (docs/performance.md). `make peers` installs the others and runs it.
package peers
