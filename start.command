#!/bin/sh
# Opens Player to Coach in JupyterLab on macOS: double-click. If macOS refuses the first time, right-click it and choose Open.
exec /bin/sh "${0%/*}/start.sh" "$@"
