#!/bin/sh
# After removing, purging too: the records are the office's and stay.
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
fi
if [ "$1" = remove ] || [ "$1" = purge ] || [ "$1" = 0 ]; then
	if [ -d /var/lib/dabiao ]; then
		echo 'The records of Dabiao stay in /var/lib/dabiao. 达标的数据仍保留在 /var/lib/dabiao。'
	fi
fi
