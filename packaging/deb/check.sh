#!/usr/bin/env bash
# Installs, upgrades, replaces, removes and purges built packages on a Debian with systemd of its own, in a container without a network.
# usage: packaging/deb/check.sh PACKAGE.deb SLIM_PACKAGE.deb DEMO_REPOSITORY
# Needs root, podman and mmdebstrap. Prints what it saw; the last line is "ok".
set -euo pipefail

fail() {
    echo "check: $*" >&2
    [[ -z ${container:-} ]] || in_robot journalctl --no-pager -n 60 -u vyra-modulemanager >&2 || true
    exit 1
}

(($# == 3)) && [[ -f $1 && -f $2 && -f $3/index.json ]] || fail "usage: packaging/deb/check.sh PACKAGE.deb SLIM_PACKAGE.deb DEMO_REPOSITORY"
package=$(readlink -f "$1")
slim=$(readlink -f "$2")
repository=$(readlink -f "$3")

work=$(mktemp -d "${TMPDIR:-/tmp}/deb-check.XXXXXX")
container=''
clean_up() {
    [[ -z $container ]] || podman "${store[@]}" rm --force --time 0 "$container" >/dev/null 2>&1 || true
    umount -l "$work/store/storage/overlay" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT
store=(--root "$work/store/storage" --runroot "$work/store/run")
# Podman's usual runtime does not take control groups of both versions side by side.
! command -v runc >/dev/null || store+=(--runtime runc)
in_robot() { podman "${store[@]}" exec "$container" "$@"; }

# eventually WHAT SECONDS COMMAND…: until it succeeds.
eventually() {
    local what=$1 until=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < until)) || fail "Not in time: $what."
        sleep 0.1
    done
    echo "- $what"
}

echo "A Debian with systemd"
mmdebstrap --quiet --mode=root --variant=apt --include=systemd-sysv,dbus,init-system-helpers,wget,curl,procps,ca-certificates \
    --skip=check/empty bookworm "$work/robot" 2>"$work/log" || { cat "$work/log" >&2 && fail "mmdebstrap could not make a Debian."; }
cp "$package" "$work/robot/root/old.deb"
cp "$slim" "$work/robot/root/slim.deb"
mkdir -p "$work/robot/srv"
cp -R "$repository" "$work/robot/srv/demo"
chmod -R a+rX "$work/robot/srv"

# The same content as the next version.
dpkg-deb --raw-extract "$package" "$work/next"
sed -i 's/^Version: .*/&+next1/' "$work/next/DEBIAN/control"
dpkg-deb --root-owner-group -Znone --build "$work/next" "$work/robot/root/new.deb" >/dev/null
rm -rf "$work/next"

limit=$(ulimit -Hn)
container=$(podman "${store[@]}" run --detach --systemd=always --privileged --network=none --ulimit "nofile=$limit:$limit" --ulimit nproc=4096:4096 \
    --rootfs "$work/robot" /sbin/init) || fail "Podman could not start a container with systemd."
eventually "systemd is up" 60 in_robot systemctl --quiet is-active multi-user.target

api() {
    local method=$1 path=$2
    shift 2
    in_robot curl -sS --fail-with-body -k -X "$method" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "https://127.0.0.1:8443/api/v1$path" "$@"
}
is_ready() { in_robot curl -sfk -o /dev/null https://127.0.0.1:8443/q/health/ready; }
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
is_running() { api GET /modules/heartbeat | grep -q '"phase":"running"'; }
module_pid() { in_robot pgrep -u vyra -f "$1" | sort | tr '\n' ' '; }
manager_pid() { in_robot systemctl show --property MainPID --value vyra-modulemanager; }
# is_mode MODE: of the distribution that answers.
is_mode() { in_robot curl -sfk https://127.0.0.1:8443/health | grep -q "\"mode\":\"$1\""; }
uses_cache() { api GET /system | grep -q '"aot_cache":"in_use"'; }

# is_hardened PID: what the unit takes from the manager, its modules inherit.
is_hardened() {
    local status said
    status=$(in_robot cat "/proc/$1/status")
    grep -qx $'NoNewPrivs:\t1' <<<"$status" || fail "Process $1 may gain privileges: $(grep NoNewPrivs <<<"$status")"
    ! grep -E $'^Cap(Inh|Prm|Eff|Bnd|Amb):\t' <<<"$status" | grep -v $'\t0*$' || fail "Process $1 has or may get the capabilities above."
    # As root, whom no mode of a folder stops: only the mount does.
    said=$(in_robot nsenter --target "$1" --mount touch /opt/vyra/written /etc/written /usr/written 2>&1) && fail "Process $1 may write to /opt, /etc and /usr."
    [[ $(grep -c 'Read-only file system' <<<"$said") == 3 ]] || fail "Not all of /opt, /etc and /usr is read-only for process $1: $said"
    in_robot nsenter --target "$1" --mount sh -ec 'touch /var/lib/vyra/written && rm /var/lib/vyra/written' || fail "Process $1 cannot write to its data folder."
    in_robot nsenter --target "$1" --mount test ! -e /root/old.deb || fail "Process $1 sees the home folder of root."
}

in_robot apt-get install -y -q /root/old.deb >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not install the package."; }
eventually "installed, the service is ready" 60 is_ready
[[ $(in_robot systemctl is-enabled vyra-modulemanager) == enabled ]] || fail "The service is not enabled."
[[ $(in_robot stat -c '%U %a' /var/lib/vyra) == 'vyra 750' ]] || fail "The data folder does not belong to vyra alone."


password=$(in_robot cat /var/lib/vyra/initial-admin-password)
token=
token=$(api POST /auth/login -d "{\"username\":\"admin\",\"password\":\"$password\"}" | field token)
token=$(api POST /auth/password -d "{\"old_password\":\"$password\",\"new_password\":\"correct horse battery staple\"}" | field token)
api POST /repositories -d '{"id":"demo","name":"Demo","url":"file:///srv/demo/","priority":1,"enabled":true}' >/dev/null
api POST /repositories/demo/refresh >/dev/null
api POST /modules -d '{"name":"heartbeat","version":"1.0.0","start":true}' >/dev/null
eventually "a module runs" 60 is_running
[[ $(module_pid heartbeat) != '' ]] || fail "The module has no process of user vyra."
uses_cache || fail "The AOT cache is not in use: $(api GET /system)"
echo "- its AOT cache is in use"
for pid in $(manager_pid) $(module_pid heartbeat); do is_hardened "$pid"; done
echo "- neither the manager nor the module has a capability, gains privileges, or writes outside of the data folder"

before=$(module_pid heartbeat) manager=$(manager_pid)
in_robot apt-get install -y -q /root/new.deb >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not upgrade the package."; }
eventually "upgraded, the service is ready" 60 is_ready
[[ $(manager_pid) != "$manager" ]] || fail "The old manager still runs after the upgrade."
eventually "the module still runs" 20 is_running
[[ $(module_pid heartbeat) == "$before" ]] || fail "The upgrade changed the module's processes: $before, now $(module_pid heartbeat)."
echo "- its processes are the same ones: $before"

in_robot systemctl kill --signal=SIGKILL --kill-whom=main vyra-modulemanager
eventually "killed, the service is ready again" 60 is_ready
eventually "the module still runs" 20 is_running
[[ $(module_pid heartbeat) == "$before" ]] || fail "The killed manager took the module's processes with it."

in_robot apt-get remove -y -q vyra-modulemanager >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not remove the package."; }
[[ $(in_robot pgrep -u vyra -l || true) == '' ]] || fail "Processes are left after the removal: $(in_robot pgrep -u vyra -l)"
in_robot test -d /var/lib/vyra/state || fail "The removal deleted the data, which only a purge may."
echo "- removed, no process is left and the data is kept"
in_robot apt-get install -y -q /root/new.deb >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not install the package again."; }
eventually "installed again, the service is ready" 60 is_ready
eventually "the module runs again" 30 is_running

in_robot sh -c 'echo "LOG_LEVEL=DEBUG" >>/etc/vyra/modulemanager.env'
before=$(module_pid heartbeat) manager=$(manager_pid)
in_robot dpkg -i /root/slim.deb >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "dpkg could not replace the package by that of SLIM."; }
eventually "replaced by SLIM, the service is ready" 60 is_ready
is_mode slim || fail "The mode is not slim: $(in_robot curl -sk https://127.0.0.1:8443/health)"
[[ $(manager_pid) != "$manager" ]] || fail "The old manager still runs after it was replaced."
eventually "the module still runs" 20 is_running
[[ $(module_pid heartbeat) == "$before" ]] || fail "The replacement changed the module's processes: $before, now $(module_pid heartbeat)."
in_robot grep -qx LOG_LEVEL=DEBUG /etc/vyra/modulemanager.env || fail "The replacement lost the settings."
uses_cache || fail "The AOT cache of SLIM is not in use: $(api GET /system)"
for pid in $(manager_pid) $before; do is_hardened "$pid"; done
echo "- its processes are the same ones, the settings too, and SLIM's AOT cache is in use: $before"
in_robot dpkg --purge vyra-modulemanager >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "dpkg could not purge what is left of the replaced package."; }
is_ready && is_running && in_robot test -f /etc/vyra/modulemanager.env || fail "The purge of the replaced package took something from the one in its place."
echo "- the replaced package is purged, which takes nothing from the other"
in_robot apt-get install -y -q /root/new.deb >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not replace SLIM by the full package."; }
eventually "replaced by the full distribution, the service is ready" 60 is_ready
is_mode full || fail "The mode is not full: $(in_robot curl -sk https://127.0.0.1:8443/health)"
eventually "the module runs again" 30 is_running
in_robot grep -qx LOG_LEVEL=DEBUG /etc/vyra/modulemanager.env || fail "apt's replacement lost the settings."

in_robot apt-get purge -y -q vyra-modulemanager vyra-modulemanager-slim >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "apt could not purge the packages."; }
for path in /var/lib/vyra /opt/vyra /etc/vyra/modulemanager.env; do
    in_robot test ! -e "$path" || fail "$path is left after the purge."
done
echo "- purged, nothing is left"
echo ok
