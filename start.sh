#!/bin/sh
# Opens Player to Coach in JupyterLab. Linux: double-click, or "Run as a program". macOS and Windows have start.command
# and start.bat. The first time it sets itself up in this folder; docs/commands.md says what that changes.

case $0 in */*) cd "${0%/*}" || exit 1 ;; esac
system=$(uname 2>/dev/null)

# Double-clicked without a window to talk in: open one, as it is also the place where the server is stopped.
if [ ! -t 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${PLAYER_TO_COACH_WINDOW:-}" ]; then
    PLAYER_TO_COACH_WINDOW=1
    export PLAYER_TO_COACH_WINDOW
    for terminal in x-terminal-emulator konsole xfce4-terminal xterm; do
        command -v "$terminal" >/dev/null && exec "$terminal" -e ./start.sh
    done
    command -v gnome-terminal >/dev/null && exec gnome-terminal -- ./start.sh
fi

keep_open() {
    [ -t 0 ] && [ -t 1 ] && printf '%s' "Press Enter to close this window. " && read -r _
    exit "$1"
}

new_enough() {
    # Apple's own python3 is too old, and where it is not there, asking for it opens an unrelated installer.
    [ "$system" = Darwin ] && [ "$(command -v "$1")" = /usr/bin/python3 ] && return 1
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for python in python3 python3.14 python3.13 python3.12 python3.11 python /opt/homebrew/bin/python3 \
    /usr/local/bin/python3 /Library/Frameworks/Python.framework/Versions/Current/bin/python3; do
    if new_enough "$python"; then
        "$python" scripts/kit.py lab "$@"
        status=$?
        case $status in 0 | 130) exit "$status" ;; *) keep_open "$status" ;; esac
    fi
done

echo "Player to Coach needs Python 3.11 or newer, and there is none on this machine:" \
    "install it (from python.org, or with your system's own installer), then open this file again." >&2
keep_open 2
