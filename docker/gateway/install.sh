#!/bin/sh
# Logs in as admin, at the first time with the password that the manager made, and installs a module unless it is there.
# usage: install.sh API MODULE
# environment: VYRA_ADMIN_PASSWORD
set -eu
api=$1
module=$2
token=
first=/var/lib/vyra/initial-admin-password

fail() {
    echo "sample: $*" >&2
    exit 1
}

# text of a JSON document's first member of this name
member() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

# ask PATH [BODY]: GET, or POST with a body
ask() {
    if [ $# = 1 ]; then
        wget -q -O - --header "Authorization: Bearer $token" "$api$1"
    else
        # Nobody has a token before the login.
        wget -q -O - ${token:+--header "Authorization: Bearer $token"} --header "Content-Type: application/json" --post-data "$2" "$api$1"
    fi
}

# No character of it may end a text in JSON.
case $VYRA_ADMIN_PASSWORD in
    *[\"\\]*) fail "VYRA_ADMIN_PASSWORD must hold no \" and no \\." ;;
esac
log_in() { token=$(ask /auth/login "{\"username\":\"admin\",\"password\":\"$1\"}" | member token) && [ -n "$token" ]; }

if [ -r "$first" ]; then
    old=$(cat "$first")
    log_in "$old" || fail "The password of $first is not admin's any more; install $module on the page."
    token=$(ask /auth/password "{\"old_password\":\"$old\",\"new_password\":\"$VYRA_ADMIN_PASSWORD\"}" | member token)
    [ -n "$token" ] || fail "VYRA_ADMIN_PASSWORD was not taken: it needs at least 10 characters."
else
    log_in "$VYRA_ADMIN_PASSWORD" || fail "VYRA_ADMIN_PASSWORD is not admin's password; install $module on the page."
fi

if ask "/modules?q=$module" | grep -q "\"name\":\"$module\""; then
    echo "sample: $module is installed already."
    exit 0
fi
operation=$(ask /modules "{\"name\":\"$module\",\"start\":true}" | member id)
[ -n "$operation" ] || fail "$module was not taken for installation; the page says why."
for _ in $(seq 120); do
    status=$(ask "/operations/$operation" | member status)
    case $status in
        pending | running) sleep 1 ;;
        succeeded)
            echo "sample: $module is installed."
            exit 0
            ;;
        *) fail "$module was not installed ($status): $(ask "/operations/$operation" | member detail)" ;;
    esac
done
fail "$module was not installed within 2 minutes; the page says what it waits for."
