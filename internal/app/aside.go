package app

import (
	"fmt"
	"runtime/debug"
)

// Aside runs what goes on beside a request, where nothing stands around it that would turn a panic into a fault:
// there one would end the server for everybody.
func Aside(run func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return run()
}
