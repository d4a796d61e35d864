#!/bin/sh
# Runs a command whose Maven and npm also trust the certificates of the build secret 'ca', where one is given. Nothing of it stays in
# the image: the trust store is made for this command and removed after it.
set -eu
ca=/run/secrets/ca
if [ ! -s "$ca" ]; then
    exec "$@"
fi
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT
own=/etc/ssl/certs/ca-certificates.crt
[ -s "$own" ] || own=
# shellcheck disable=SC2086 # nothing when there is no such file
java "$(dirname "$0")/TrustStore.java" "$store/trust.p12" $own "$ca"
export MAVEN_OPTS="${MAVEN_OPTS:-} -Djavax.net.ssl.trustStore=$store/trust.p12 -Djavax.net.ssl.trustStoreType=PKCS12"
export NODE_EXTRA_CA_CERTS="$ca"
# In the background, because a shell acts on a signal only between commands: the command ends in order, and the trust store goes after it.
exec 3<&0
"$@" <&3 3<&- &
command=$!
trap 'kill "$command" 2>/dev/null || true' TERM INT
code=0
wait "$command" || code=$?
if kill -0 "$command" 2>/dev/null; then
    code=0
    wait "$command" || code=$?
fi
exit "$code"
