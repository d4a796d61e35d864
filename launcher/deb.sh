# ./mm deb: a Debian package with the service and a Java runtime. Sourced by mm.
# shellcheck shell=bash

# deb [--slim [--with-containers]] [--out DIR] [--no-aot]
deb() {
    local distribution slim=false containers=false out=$ROOT/target/deb aot=true
    while (($# > 0)); do
        case $1 in
            --slim) slim=true ;;
            --with-containers) containers=true ;;
            --no-aot) aot=false ;;
            --out)
                [[ -n ${2:-} ]] || usage_error "--out needs a folder"
                out=$(absolute "$2")
                shift
                ;;
            *) usage_error "deb does not know '$1'" ;;
        esac
        shift
    done
    distribution=$(distribution_of $slim $containers)
    command -v dpkg-deb >/dev/null ||
        fail "There is no dpkg-deb here: build the package on Debian or Ubuntu, or install it (dnf install dpkg, brew install dpkg)."
    ensure_built "$distribution-service"
    "$ROOT/docker/base/build.sh" --keep runtime || fail "The Java runtime could not be made, see above."
    explained "The service could not be staged, see above." "$ROOT/launcher/stage.sh" "$distribution"
    if $aot; then
        explained "The AOT cache could not be trained, see above." "$ROOT/launcher/train.sh" "$distribution"
    fi
    explained "The package could not be written to $out, see above; it needs about 500 MB there." pack_deb "$distribution" "$out" "$aot"
}

# pack_deb DISTRIBUTION OUT AOT
pack_deb() {
    local stage=$ROOT/target/stage/$1 from=$ROOT/packaging/deb work version architecture package other description file layer epoch
    # A build between releases sorts before its release, and so does 1.2.3-rc.1.
    version=$(project_version)
    version=${version/-SNAPSHOT/\~$(git -C "$ROOT" log -1 --format=%ct 2>/dev/null || echo 0)}
    version=${version/-/\~}
    architecture=$(dpkg --print-architecture)
    epoch=${SOURCE_DATE_EPOCH:-$(stat -c %Y "$stage/fingerprint")}
    case $1 in
        full)
            package=vyra-modulemanager other="vyra-modulemanager-slim, vyra-modulemanager-slim-containers"
            description="This is the full distribution: REST, web interface, ROS 2 bridge, Zenoh and modules in containers."
            ;;
        slim)
            package=vyra-modulemanager-slim other="vyra-modulemanager, vyra-modulemanager-slim-containers"
            description="This is the SLIM distribution: REST, web interface and Zenoh, without the ROS 2 bridge and containers."
            ;;
        slim-containers)
            package=vyra-modulemanager-slim-containers other="vyra-modulemanager, vyra-modulemanager-slim"
            description="This is the SLIM distribution with containers: REST, web interface, Zenoh and modules in containers, without the ROS 2 bridge."
            ;;
    esac
    mkdir -p "$2"
    work=$(mktemp -d "$2/.deb.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    umask 022
    mkdir -p "$work/tree"
    for layer in "$stage"/*/; do
        [[ $layer != */90-aot/ ]] || $3 || continue
        cp -a "$layer." "$work/tree/"
    done
    cp -a "$ROOT/target/base/java" "$work/tree/opt/vyra/java"
    install -D -m 644 "$from/vyra-modulemanager.service" "$work/tree/usr/lib/systemd/system/vyra-modulemanager.service"
    install -D -m 640 "$from/modulemanager.env" "$work/tree/etc/vyra/modulemanager.env"
    for file in README.md docs/configuration.md docs/operations-guide.md docs/deployment.md; do
        [[ ! -f $ROOT/$file ]] || install -D -m 644 "$ROOT/$file" "$work/tree/usr/share/doc/vyra-modulemanager/${file##*/}"
    done
    mkdir "$work/tree/DEBIAN"
    install -m 755 "$from/postinst" "$from/prerm" "$from/postrm" "$work/tree/DEBIAN/"
    echo /etc/vyra/modulemanager.env >"$work/tree/DEBIAN/conffiles"
    sed -e "s|@PACKAGE@|$package|" -e "s|@OTHER@|$other|" -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" \
        -e "s|@DESCRIPTION@|$description|" -e "s|@LIBC@|$(libc_needed "$work/tree/opt/vyra")|" \
        -e "s|@SIZE@|$(du -sk --exclude=DEBIAN "$work/tree" | cut -f 1)|" "$from/control.in" >"$work/tree/DEBIAN/control"
    (cd "$work/tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) >"$work/md5sums"
    mv "$work/md5sums" "$work/tree/DEBIAN/md5sums"
    # The AOT cache knows the times of the jars and the runtime, which were made equal in staging; only what is new here gets one.
    find "$work/tree" -newermt "@$epoch" -exec touch -h -d "@$epoch" {} +
    SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz -z6 --build "$work/tree" "$work/package.deb" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        return 1
    }
    file=$2/${package}_${version}_$architecture.deb
    mv "$work/package.deb" "$file"
    say "$file ($(du -h "$file" | cut -f 1)). Install it: sudo apt install $file"
}

# libc_needed FOLDER: the newest version of the C library that a program or library in it refers to.
libc_needed() {
    find "$1" -type f \( -name '*.so' -o -perm -u+x \) -exec grep -aohE 'GLIBC_2\.[0-9]+' {} + | sed 's/GLIBC_//' | sort -uV | tail -n 1
}
