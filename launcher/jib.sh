# ./mm image --jib: the container image without a container engine. Sourced by mm.
# shellcheck shell=bash

# jib_image DISTRIBUTION AOT TO TAG REPORT: TO is tar, daemon or registry; a REPORT is of a tar only.
jib_image() {
    local distribution=$1 slim=true aot=$2 to=$3 tag=$4 report=$5 base='' name='' digest=unknown folder=$ROOT/target/image work tar options=() revision=unknown started failed goal
    [[ $distribution != full ]] || slim=false
    tar=$folder/modulemanager-$distribution.tar
    if [[ -n ${RUNTIME_BASE_IMAGE:-} ]] && $aot; then
        fail "The AOT cache is trained on the project's own runtime, not on RUNTIME_BASE_IMAGE=$RUNTIME_BASE_IMAGE, whose Java would refuse it. Add --no-aot, or leave out --jib."
    fi
    need_jdk
    need_maven
    mkdir -p "$folder" || fail "$folder cannot be made: free some space, or make the checkout writable."
    started=${EPOCHREALTIME/./}
    work=$(mktemp -d "$folder/.jib.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    if [[ -n ${RUNTIME_BASE_IMAGE:-} ]]; then
        base=$RUNTIME_BASE_IMAGE
        name=$base
        digest=$(digest_of_name "$base")
        digest=${digest:-unknown}
        [[ $base != tar://* ]] || check_archive "${base#tar://}" "$base"
    else
        "$ROOT/docker/base/build.sh" --keep runtime || fail "The base image could not be made, see above. To use another: RUNTIME_BASE_IMAGE=… with --no-aot."
        digest=$(<"$ROOT/target/base/base-runtime.id")
        # As the Dockerfile's image names it.
        name=vyra/base-runtime:${digest:7:12}
        explained "The base image could not be prepared for Jib, see above." jib_base "$work" "$digest"
        base=tar://$ROOT/target/base/base-jib.tar
    fi
    mkdir -p "$work/none"
    options=(
        -Djib.skip=false -Djib.console=plain
        "-Dimage.distribution=$distribution" "-Dimage.slim=$slim" "-Dimage.name=$tag" "-Dimage.base=$base"
        "-Dimage.base.name=$name" "-Dimage.base.digest=$digest"
        "-Dimage.architecture=$(image_architecture)" "-Dimage.version=$(project_version)"
    )
    if git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1; then
        revision=$(git -C "$ROOT" describe --always --abbrev=40 --exclude='*' --dirty)
        options+=("-Dimage.created=$(TZ=UTC git -C "$ROOT" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)")
    fi
    failed="The image could not be built, see above. Nothing was replaced$([[ $to != daemon ]] || echo "; --to daemon needs a Docker that answers, --to tar needs none")."
    # What a foreign base's name means today, it need not mean tomorrow.
    if [[ $to == tar && -z ${RUNTIME_BASE_IMAGE:-} ]] && ! $aot && { is_built "$distribution-service" || rebuild "$distribution-service"; } &&
        jib_exchange "$distribution" "$tar" "$work/image.tar" "$revision" "${options[@]}"; then
        jib_done "$tar" "$tag" "$work" "$started" "$report"
        return 0
    fi
    rm -f "$(jib_record "$distribution")".*
    options+=("-Dimage.tar=$work/image.tar" "-Dimage.revision=$revision")
    if ! $aot; then
        options+=("-Dimage.aot=$work/none")
    fi
    case $to in
        tar) goal=buildTar ;;
        daemon) goal=dockerBuild ;;
        registry) goal=build ;;
    esac
    if [[ -n ${RUNTIME_BASE_IMAGE:-} ]]; then
        # Only Jib knows how to get what it names. What it makes of it is looked at before anybody else gets it.
        jib_goal buildTar
        check_archive "$work/image.tar" "$RUNTIME_BASE_IMAGE"
        [[ $to == tar ]] || jib_goal "$goal"
    else
        jib_goal "$goal"
    fi
    case $to in
        tar)
            $aot || jib_remember "$distribution" "$revision" "${options[@]}"
            jib_done "$tar" "$tag" "$work" "$started" "$report"
            ;;
        *)
            say "$tag is $(<"$ROOT/image/target/jib-image.id")"
            say "Built in $(seconds $(((${EPOCHREALTIME/./} - started) / 1000))) s"
            ;;
    esac
}

# jib_goal GOAL: of Jib's plugin, with the options of the function around it. Builds the service before where it must.
jib_goal() {
    if is_built "$distribution-service" || rebuild "$distribution-service"; then
        short_maven package -Pquick,image -pl image "${options[@]}" "-Dimage.goal=$1" || fail "$failed"
    else
        build_kind "$distribution-service" image "${options[@]}" "-Dimage.goal=$1"
    fi
}

# check_archive ARCHIVE NAME: as check_base, of the runtime in an archive, which no engine has to read.
check_archive() {
    local said architecture home version
    need_node
    said=$(cd "$ROOT" && node launcher/base-image.mjs "$1") ||
        fail "The base image $2 cannot be looked at, see above. RUNTIME_BASE_IMAGE takes tar://FILE of an archive that 'docker save' or docker/base/build.sh wrote, docker://NAME or a name in a registry."
    IFS=$'\t' read -r architecture home version <<<"$said"
    need_architecture runtime "$2" "$architecture"
    need_java runtime "$2" "${home#-}" "${version#-}"
}

# jib_done TAR TAG WORK STARTED REPORT: only a finished archive gets its name.
jib_done() {
    local took=$(((${EPOCHREALTIME/./} - $4) / 1000))
    mv "$3/image.tar" "$1"
    say "$1 holds $2, $(<"$ROOT/image/target/jib-image.id"). Load it: docker load -i FILE, or podman load -i FILE"
    say "Built in $(seconds $took) s"
    if $5; then
        # Jib does not tell the times of its steps.
        : >"$3/log"
        write_report "$3" "$1" "$2" "$(<"$ROOT/image/target/jib-image.id")" Jib "$took"
    fi
}

# What is known of the archive that Jib wrote last: files of this name, with an ending each.
jib_record() {
    echo "$ROOT/target/image/.modulemanager-$1"
}

# jib_described OPTIONS…: changes with everything that describes an image but its content, its commit and where it is written.
jib_described() {
    local option
    sha256sum <"$ROOT/image/pom.xml"
    for option in "$@"; do
        [[ $option == -Dimage.tar=* || $option == -Dimage.revision=* || $option == -Dimage.aot=* || $option == -Dimage.goal=* ]] || echo "$option"
    done
}

# jib_remember DISTRIBUTION REVISION OPTIONS…: what the archive that was just written is of.
jib_remember() {
    local record
    record=$(jib_record "$1")
    cp "$ROOT/target/stage/$1/digests" "$record.digests"
    echo "$2" >"$record.revision"
    cp "$ROOT/image/target/jib-image.id" "$record.id"
    jib_described "${@:3}" >"$record.options"
}

# jib_exchange DISTRIBUTION TAR TARGET REVISION OPTIONS…: writes the archive of before with the page and jars of now, where nothing else changed. Jib
# would write the same image (docs/adr/0015), but takes longer for it than all the rest.
jib_exchange() {
    local record id
    record=$(jib_record "$1")
    [[ ${MM_REBUILD:-} != whole && -f $2 && -f $record.options && $(<"$record.options") == "$(jib_described "${@:5}")" ]] || return 1
    "$ROOT/launcher/stage.sh" "$1" || return 1
    id=$(rebuild_java JibArchive "$2" "$(<"$record.id")" "$ROOT/target/stage/$1" "$record.digests" "$(<"$record.revision")" "$4" "$3") || return 1
    printf '%s' "$id" >"$ROOT/image/target/jib-image.id"
    # Of an image that was not packed.
    rm -f "$ROOT/image/target/jib-image".{digest,json}
    jib_remember "$1" "$4" "${@:5}"
}

# jib_base WORK DIGEST: the base image with what Jib cannot make, but hands on: the service's health check, and the data folder that
# belongs to the service's user.
jib_base() {
    local made=$ROOT/target/base/base-jib.tar config layer layers
    local check='"config":{"Healthcheck":{"Test":["CMD","/opt/vyra/bin/modulemanager","health"],"Interval":30000000000,"Timeout":5000000000,"StartPeriod":60000000000,"Retries":3},'
    if [[ -f $made && $made -nt $ROOT/target/base/base-runtime.tar && $made -nt $ROOT/launcher/jib.sh ]]; then
        return 0
    fi
    mkdir "$1/base"
    tar -xf "$ROOT/target/base/base-runtime.tar" -C "$1/base"
    config=$1/base/${2#sha256:}.json
    sed -i "s|\"config\":{|$check|" "$config"
    mkdir -p "$1/data/var/lib/vyra"
    find "$1/data" -type d -exec chmod 755 {} +
    # The folders above it are the base's own.
    tar --owner=10001 --group=10001 --numeric-owner --mtime=@0 --format=gnu -cf "$1/data.tar" -C "$1/data" var/lib/vyra
    layer=$(sha256sum "$1/data.tar" | cut -d ' ' -f 1)
    mv "$1/data.tar" "$1/base/$layer.tar"
    sed -i "s|\"diff_ids\":\[[^]]*|&,\"sha256:$layer\"|; s|\"history\":\[.*\]|\"history\":[]|" "$config"
    sed -i "s|\"Layers\":\[[^]]*|&,\"$layer.tar\"|" "$1/base/manifest.json"
    grep -q Healthcheck "$config" || fail "The configuration of $ROOT/target/base/base-runtime.tar is not as expected. Make it anew: docker/base/build.sh runtime."
    mapfile -t layers < <(cd "$1/base" && printf '%s\n' *.tar)
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf "$1/base.tar" -C "$1/base" manifest.json "${config##*/}" "${layers[@]}"
    mv "$1/base.tar" "$made"
}
