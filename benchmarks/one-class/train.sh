#!/bin/sh
# Trains the AOT cache of the one-class application with requests over HTTP and HTTPS. Runs in the runtime's image, which has busybox.
# usage: train.sh CACHE
set -eu
cache=$1
log=/tmp/train.log
mkdir -p "$(dirname "$cache")"
cd /opt/vyra
QUARKUS_HTTP_SSL_CERTIFICATE_FILES=/opt/vyra/tls/tls.crt QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES=/opt/vyra/tls/tls.key \
    /opt/java/bin/java @bin/java.options "-XX:AOTCacheOutput=$cache" \
    -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port=0 -Dquarkus.http.ssl-port=0 -jar /opt/vyra/quarkus-run.jar >"$log" 2>&1 &
service=$!

fail() {
    cat "$log" >&2
    echo "train: $*" >&2
    kill -9 "$service" 2>/dev/null || true
    exit 1
}

# Its log tells the ports that it chose.
tries=0
until grep -q 'Listening on:' "$log"; do
    kill -0 "$service" 2>/dev/null || fail "The application ended before it listened, see above."
    tries=$((tries + 1))
    [ "$tries" -le 600 ] || fail "The application did not listen within a minute, see above."
    sleep 0.1
done
addresses=$(grep -o 'https\?://127.0.0.1:[0-9]*' "$log" | sort -u)
[ "$(echo "$addresses" | wc -l)" = 2 ] || fail "The application does not listen for both HTTP and HTTPS, see above."

request=0
while [ "$request" -lt 20 ]; do
    for address in $addresses; do
        wget -q -O /dev/null --no-check-certificate "$address/greeting" || fail "GET $address/greeting failed."
    done
    request=$((request + 1))
done
kill -TERM "$service"
wait "$service" || true
[ -s "$cache" ] || fail "The Java runtime wrote no cache to $cache."
