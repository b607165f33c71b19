//go:build unix

package programtest

import "syscall"

// ownGroup keeps Ctrl-C in the terminal from reaching the program: the test gets it and stops the
// program.
var ownGroup = &syscall.SysProcAttr{Setpgid: true}

// kill ends every process of a group at once.
func kill(group int) error { return syscall.Kill(-group, syscall.SIGKILL) }
