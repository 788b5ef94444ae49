#!/bin/sh
# Install PyTorch: as it comes where that is small or a GPU can use it, else its CPU build.
set -eu
pip="$BIN/python -m pip install --quiet --disable-pip-version-check"
if [ "$(uname)" != Linux ] || command -v nvidia-smi >/dev/null 2>&1; then
  exec $pip "$TORCH"
fi
if $pip --dry-run --report - "$TORCH" | grep -qi '"name": *"nvidia-'; then
  exec $pip --index-url https://download.pytorch.org/whl/cpu "$TORCH"
fi
exec $pip "$TORCH"
