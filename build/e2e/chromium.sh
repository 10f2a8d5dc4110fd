#!/bin/sh
# Prints the path of a Chromium: $CHROME, else one on the PATH, else one that
# is installed now, where that needs no password.
set -eu

for name in ${CHROME:+"$CHROME"} chromium chromium-browser google-chrome; do
  if path=$(command -v "$name"); then
    echo "$path"
    exit 0
  fi
  if [ "$name" = "${CHROME:-}" ]; then
    echo "CHROME is $CHROME, which cannot be run" >&2
    exit 1
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; } >&2
  command -v chromium
  exit 0
fi

echo 'The browser tests need Chromium. Type this, then make again:  sudo apt-get install chromium' >&2
exit 1
