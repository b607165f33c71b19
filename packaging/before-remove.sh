#!/bin/sh
# Before removing, as a .deb (remove) or an .rpm (0). An upgrade restarts the service afterwards.
set -e
if [ "$1" = remove ] || [ "$1" = 0 ]; then
	if [ -d /run/systemd/system ]; then
		systemctl disable --now dabiao.service
	fi
fi
