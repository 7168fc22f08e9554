#!/bin/sh
# Installs what the machine lacks of libraries.debian, and nothing where nothing is lacking.
# Usage: system-packages.sh run|test    ("test" includes what "run" needs)
set -eu

purpose=${1:?usage: system-packages.sh run|test}
list=$(dirname "$0")/libraries.debian
PATH=$PATH:/usr/sbin:/sbin
libraries=$(ldconfig -p 2>/dev/null || true)

has() {
    kind=${1%%:*} name=${1#*:}
    case $kind in
        lib) printf '%s\n' "$libraries" | grep -qF "$name " ;;
        module) python3 -c "import $name" 2>/dev/null ;;
        certs) [ -n "${SSL_CERT_FILE:-}" ] || [ -e /etc/ssl/certs/ca-certificates.crt ] ;;
        program)
            command -v "$name" >/dev/null 2>&1 ||
                ls /usr/lib/postgresql/*/bin/"$name" >/dev/null 2>&1 ;;
    esac
}

missing=
while read -r when needs package; do
    case $when in ''|\#*) continue ;; esac
    [ "$when" = test ] && [ "$purpose" != test ] && continue
    has "$needs" || missing="$missing $package"
done < "$list"

[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "This machine lacks libraries that the congress needs, and has no apt-get." >&2
    echo "Install what your system calls:$missing" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=sudo
else
    echo "Some system packages are missing, and installing them needs root. Run, as root:" >&2
    echo "    apt-get update && $install" >&2
    echo "and then the same make again." >&2
    exit 1
fi
echo "Installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q >/dev/null
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive $install -q >/dev/null
