#!/bin/sh
# After installing or upgrading, as a .deb (configure [OLD]) or an .rpm (1: new, 2 and more: an upgrade).
set -e
if ! getent passwd dabiao >/dev/null; then
	useradd --system --user-group --home-dir /var/lib/dabiao --no-create-home --shell /usr/sbin/nologin dabiao
fi
install -d -m 0700 -o dabiao -g dabiao /var/lib/dabiao
chown root:dabiao /etc/dabiao.env
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	if [ "$1" = configure ] && [ -z "$2" ] || [ "$1" = 1 ]; then
		systemctl enable --now dabiao.service
		echo 'Dabiao runs on http://127.0.0.1:8080; the address that sets it up: journalctl -u dabiao | grep set-up:'
		echo '达标已运行，地址 http://127.0.0.1:8080；设置链接：journalctl -u dabiao | grep set-up:'
	else
		systemctl try-restart dabiao.service
	fi
fi
