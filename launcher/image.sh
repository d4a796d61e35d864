# ./mm image: builds a container image with Docker, Podman or Buildah. Sourced by mm.
# shellcheck shell=bash

readonly ENGINES='docker podman buildah'

# image [--slim [--with-containers]] [--engine NAME] [--no-aot] [--tag NAME] [--report] [--jib] [--to tar|daemon|registry]
image() {
    local distribution slim=false containers=false engine='' aot=true tag='' report=false jib=false to='' client='' reasons='' work id started took
    while (($# > 0)); do
        case $1 in
            --slim) slim=true ;;
            --with-containers) containers=true ;;
            --no-aot) aot=false ;;
            --report) report=true ;;
            --jib) jib=true ;;
            --to)
                [[ ${2:-} =~ ^(tar|daemon|registry)$ ]] || usage_error "--to takes tar, daemon or registry, not '${2:-}'"
                to=$2
                shift
                ;;
            --engine)
                [[ " $ENGINES " == *" ${2:-} "* && -n ${2:-} ]] || usage_error "--engine takes docker, podman or buildah, not '${2:-}'"
                engine=$2
                shift
                ;;
            --tag)
                is_image_name "${2:-}" || usage_error "--tag takes the name of an image such as vyra/modulemanager:latest, not '${2:-}'"
                tag=$2
                shift
                ;;
            *) usage_error "image does not know '$1'" ;;
        esac
        shift
    done
    distribution=$(distribution_of $slim $containers)
    if [[ -z $tag ]]; then
        if $slim; then tag=vyra/modulemanager:$distribution; else tag=vyra/modulemanager:latest; fi
    fi

    [[ -z $to ]] || $jib || usage_error "--to goes with --jib only"
    if $jib; then
        [[ -z $engine ]] || usage_error "--jib needs no --engine"
        ! $report || [[ ${to:-tar} == tar ]] || usage_error "--report reads an archive or an engine's image; with --jib it goes with --to tar only"
    elif ! find_engine "$engine"; then
        [[ -z $engine ]] || fail "The engine $engine cannot be used:$reasons"
        say "No container engine can be used:$reasons
Jib, which needs none, writes the image to a file."
        jib=true
    fi
    if $jib; then
        jib_image "$distribution" "$aot" "${to:-tar}" "$tag" "$report"
        return 0
    fi
    need_jdk
    need_lock
    mkdir -p "$ROOT/target/image" || fail "$ROOT/target/image cannot be made: free some space, or make the checkout writable."
    work=$(mktemp -d "$ROOT/target/image/.work.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    ensure_base builder "${BUILDER_BASE_IMAGE:-}" "$work"
    ensure_base runtime "${RUNTIME_BASE_IMAGE:-}" "$work"

    say "Building $tag with $engine$($aot || echo ', without an AOT cache')"
    started=${EPOCHREALTIME/./}
    build_image "$work" "$slim" "$containers" "$aot"
    took=$(((${EPOCHREALTIME/./} - started) / 1000))
    id=$(<"$work/id")
    # Only a finished image gets its name: whatever failed before left the image of that name as it was.
    "$client" tag "$id" "$tag"
    say "$tag is $id, built in $(seconds "$took") s"
    if $report; then
        image_report "$work" "$id" "$tag" "$took"
    fi
}

# A lower-case path, with an optional registry before it and an optional tag behind it.
is_image_name() {
    [[ $1 =~ ^([a-zA-Z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$ ]]
}

# Milliseconds as seconds.
seconds() {
    printf '%d.%01d' $(($1 / 1000)) $(($1 % 1000 / 100))
}

# find_engine [NAME]: sets engine and client to the one named, else to the first that can be used; without any, reasons says why.
find_engine() {
    local name reason unusable=''
    reasons=''
    for name in ${1:-$ENGINES}; do
        if reason=$("probe_$name"); then
            engine=$name
            client=$reason
            # That an engine is not installed surprises nobody.
            [[ -z $unusable ]] || say "Taking $name, because others cannot be used:$unusable"
            return 0
        fi
        reason="
  $name: $reason"
        reasons+=$reason
        [[ $reason == *': not installed'* ]] || unusable+=$reason
    done
    return 1
}

# Each probe prints the program to call, or fails and prints why the engine cannot be used.

probe_docker() {
    local program version said
    command -v docker >/dev/null || {
        echo "not installed. Install it: apt-get install docker.io, or see docs.docker.com/engine/install"
        return 1
    }
    # Newer clients build with BuildKit only when they have its plugin; older ones have it inside.
    while read -r program; do
        version=$("$program" version --format '{{.Client.Version}}' 2>/dev/null || true)
        if "$program" buildx version >/dev/null 2>&1 || { [[ -n $version ]] && ! at_least "$version" 23; }; then
            break
        fi
        program=''
    done < <(type -ap docker)
    [[ -n $program ]] || {
        echo "the client $(command -v docker) cannot build: it lacks the plugin buildx. Install it: apt-get install docker-buildx-plugin or docker-buildx"
        return 1
    }
    said=$("$program" version --format '{{.Server.Version}}' 2>&1 >/dev/null) && {
        echo "$program"
        return 0
    }
    case $said in
        *'permission denied'*)
            echo "user $(id -un) may not use it (permission denied at ${DOCKER_HOST:-its socket}). Join the group: sudo usermod -aG docker $(id -un), then log in again"
            ;;
        *'Cannot connect'* | *'connection refused'*)
            echo "no engine answers at ${DOCKER_HOST:-its socket}. Start it: sudo systemctl start docker"
            ;;
        *) echo "it does not work: ${said//$'\n'/ }" ;;
    esac
    return 1
}

probe_podman() { probe_daemonless podman; }
probe_buildah() { probe_daemonless buildah; }

probe_daemonless() {
    local said
    command -v "$1" >/dev/null || {
        echo "not installed. Install it: apt-get install $1, or dnf install $1"
        return 1
    }
    said=$("$1" info 2>&1 >/dev/null) && {
        command -v "$1"
        return 0
    }
    said="'$1 info' does not work: ${said//$'\n'/ }"
    case $said in
        *uidmap* | *subuid* | *subgid* | *'cannot clone'* | *'not permitted'*)
            said+=". Without root it needs user namespaces and a range of ids: apt-get install uidmap, and as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
            ;;
    esac
    echo "$said"
    return 1
}

# ensure_base KIND NAME WORK: sets KIND_base to an image the engine has, NAME or, without one, the one that docker/base makes.
ensure_base() {
    local kind=$1 name=$2 work=$3 made=$ROOT/target/base/base-$1 log=$3/base.log
    if [[ -z $name ]]; then
        "$ROOT/docker/base/build.sh" --keep "$kind" || fail "The base image could not be made, see above. To use another: BUILDER_BASE_IMAGE=… and RUNTIME_BASE_IMAGE=…"
        name=vyra/base-$kind:$(cut -c 8-19 "$made.id")
        if ! base_property "$name" architecture >/dev/null 2>&1; then
            say "Giving the base image for the $kind stages to $engine"
            case $engine in
                buildah) buildah pull -q "docker-archive:$made.tar" ;;
                *) "$client" load -q -i "$made.tar" ;;
            esac >"$log" 2>&1 || engine_failed "$log" "The base image $made.tar could not be loaded."
        fi
    else
        base_property "$name" architecture >/dev/null 2>&1 || "$client" pull "$name" >"$log" 2>&1 ||
            engine_failed "$log" "The base image $name (${kind^^}_BASE_IMAGE) is neither here nor can it be pulled. Check its name; without one the project makes its own."
        check_base "$kind" "$name" "$work"
    fi
    if [[ $kind == builder ]]; then builder_base=$name; else runtime_base=$name; fi
}

# base_property NAME architecture|id|environment
base_property() {
    local format
    case $engine-$2 in
        buildah-architecture) format='{{.OCIv1.Architecture}}' ;;
        buildah-id) format='{{.FromImageID}}' ;;
        buildah-environment) format='{{range .OCIv1.Config.Env}}{{println .}}{{end}}' ;;
        *-architecture) format='{{.Architecture}}' ;;
        *-id) format='{{.Id}}' ;;
        *-environment) format='{{range .Config.Env}}{{println .}}{{end}}' ;;
    esac
    case $engine in
        buildah) buildah inspect --type image --format "$format" "$1" ;;
        *) "$client" image inspect --format "$format" "$1" ;;
    esac
}

# digest_of_name NAME: that of NAME@sha256:…
digest_of_name() {
    [[ $1 != *@sha256:* ]] || echo "${1##*@}"
}

# This machine's, as images name it.
image_architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64) echo arm64 ;;
        *) uname -m ;;
    esac
}

# Nothing of a foreign image is run: a wrong one would only say that a file is missing, or that its format is wrong.
check_base() {
    local kind=$1 name=$2 work=$3 needed=java architecture home found='' version=''
    architecture=$(base_property "$name" architecture)
    need_architecture "$kind" "$name" "$architecture"
    [[ $kind == runtime ]] || needed=javac
    # As the Dockerfile and the entry point look for it.
    for home in /opt/java $(base_property "$name" environment | sed -n 's/^JAVA_HOME=//p'); do
        if file_of_image "$name" "$home/bin/$needed" "$work/java" && file_of_image "$name" "$home/release" "$work/release"; then
            found=$home
            version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$work/release")
            break
        fi
    done
    need_java "$kind" "$name" "$found" "$version"
}

# need_architecture KIND NAME ARCHITECTURE: that of a base image is this machine's.
need_architecture() {
    local here
    here=$(image_architecture)
    [[ $3 == "$here" ]] || fail "The base image $2 is for $3, but this machine is $here. Take the image for $here: ${1^^}_BASE_IMAGE names it."
}

# need_java KIND NAME HOME VERSION: a base image has a Java, and one that is new enough; HOME is empty where it has none.
need_java() {
    [[ -n $3 ]] ||
        fail "The base image $2 has no /opt/java/bin/$([[ $1 == runtime ]] && echo java || echo javac). ${1^^}_BASE_IMAGE must have $([[ $1 == runtime ]] && echo 'a Java runtime' || echo 'a JDK') $JDK_NEEDED there, or where its JAVA_HOME says; docker/base/build.sh $1 makes such an image."
    at_least "${4:-0}" "$JDK_NEEDED" ||
        fail "The base image $2 has Java ${4:-of an unknown version} in $3, but Java $JDK_NEEDED or newer is needed. docker/base/build.sh $1 makes such an image."
}

# file_of_image NAME PATH TARGET
file_of_image() {
    local container folder found=0
    if [[ $engine == buildah ]]; then
        container=$(buildah from --pull-never "$1")
        # Mounting needs a user namespace of its own when one is not root.
        # shellcheck disable=SC2016 # expanded by the inner shell
        folder='folder=$(buildah mount "$1") && cp -L "$folder$2" "$3"'
        if [[ $(id -u) == 0 ]]; then sh -c "$folder" sh "$container" "$2" "$3"; else buildah unshare sh -c "$folder" sh "$container" "$2" "$3"; fi 2>/dev/null || found=1
        buildah rm "$container" >/dev/null
    else
        container=$("$client" create --entrypoint /none "$1")
        "$client" cp -L "$container:$2" "$3" >/dev/null 2>&1 || found=1
        "$client" rm "$container" >/dev/null
    fi
    return $found
}

# build_image WORK SLIM CONTAINERS AOT: leaves the image's id in WORK/id and what the engine said in WORK/log.
build_image() {
    local work=$1 dockerfile=$ROOT/docker/Dockerfile ca options=() code=0 revision=unknown created epoch version digest
    if [[ $engine != docker ]]; then
        # Older Buildahs leave out a stage that another names by an argument.
        sed "s/^\(FROM .*\)\${AOT}/\1$4/; s/^\(FROM .*\)\${RUNTIME}/\1jvm/" "$dockerfile" >"$work/Dockerfile"
        dockerfile=$work/Dockerfile
    fi
    version=$(project_version)
    created=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$ROOT/pom.xml")
    if git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1; then
        revision=$(git -C "$ROOT" describe --always --abbrev=40 --exclude='*' --dirty)
        created=$(TZ=UTC git -C "$ROOT" log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
    fi
    # What pins the base, where its name does. Only Docker names the kind of an id.
    digest=$(digest_of_name "$runtime_base")
    [[ -n $digest ]] || digest=$(base_property "$runtime_base" id)
    options=(
        --file "$dockerfile" --target runtime --iidfile "$work/id"
        --build-arg "BUILDER_BASE_IMAGE=$builder_base"
        --build-arg "RUNTIME_BASE_IMAGE=$runtime_base"
        --build-arg "BASE_DIGEST=sha256:${digest#sha256:}"
        --build-arg "VYRA_SLIM=$2"
        --build-arg "WITH_CONTAINERS=$3"
        --build-arg "AOT=$4"
        --build-arg "VERSION=$version"
        --build-arg "REVISION=$revision"
        --build-arg "CREATED=$created"
    )
    # The times in the image's own description are the commit's, so that two builds of one commit are the same image.
    epoch=$(date -u -d "$created" +%s)
    # A network that signs TLS itself: who told Node or OpenSSL about its certificate need not tell again.
    ca=${NODE_EXTRA_CA_CERTS:-${SSL_CERT_FILE:-}}
    [[ ! -s $ca ]] || options+=(--secret "id=ca,src=$ca")
    case $engine in
        docker) options=(build --progress=plain --build-arg "SOURCE_DATE_EPOCH=$epoch" "${options[@]}") ;;
        # The OCI format knows no health check.
        podman | buildah) options=(build --format docker --layers --pull=never --timestamp "$epoch" "${options[@]}") ;;
    esac
    # shellcheck disable=SC2086 # MM_IMAGE_OPTIONS holds several
    DOCKER_BUILDKIT=1 "$client" "${options[@]}" ${MM_IMAGE_OPTIONS:-} "$ROOT" 2>&1 | tee "$work/log" >&2 || code=$?
    ((code == 0)) || engine_failed "$work/log" "The image could not be built."
    [[ -s $work/id ]] || fail "$engine did not tell the id of the image it built. Nothing was tagged."
    [[ $revision == *-dirty ]] || describe_by_commit "$work" "$created"
}

# describe_by_commit WORK CREATED: takes out of the image in WORK/id what differs in another build of this commit, so that both have one id.
# Docker before 23 knows no SOURCE_DATE_EPOCH and writes its own clock into the description, Buildah the containers that steps ran in.
describe_by_commit() {
    local work=$1 created=$2 id new
    id=$(<"$work/id")
    if [[ $engine == docker ]]; then
        ! at_least "$("$client" version --format '{{.Server.Version}}')" 23 || return 0
    fi
    if ! new=$(load_described "$work" "${id#sha256:}" "$created" 2>"$work/described.log"); then
        say "The image keeps the description that $engine gave it, so that another build of this commit has another id: $(<"$work/described.log")"
        return 0
    fi
    [[ $new != "$id" ]] || return 0
    echo "$new" >"$work/id"
    # Removing Docker's by its id would take the name from an image of before. What a container uses is only clutter. Buildah finds the steps
    # of the next build by the image it made.
    if [[ $engine == docker && $("$client" image inspect --format '{{len .RepoTags}}' "$id") == 0 ]]; then
        "$client" image rm "$id" >/dev/null 2>&1 || true
    fi
}

# load_described WORK ID CREATED: prints the id of the same image without what is its build's own.
load_described() {
    local folder=$1/saved old=$2 new description
    mkdir "$folder" || return 1
    save_image "$old" "$folder/image.tar" >&2 || return 1
    tar -xf "$folder/image.tar" -C "$folder" manifest.json "$old.json" || return 1
    # Docker's clock has fractions of a second, a commit's time has none.
    description=$(sed -E 's/"created":"[^"]*\.[0-9]+Z"/"created":"'"$3"'"/g; s/"(Hostname|container|parent)":"[^"]*"/"\1":""/g; s/,"comment":"FROM [0-9a-f]+"//g' "$folder/$old.json") || return 1
    new=$(printf '%s' "$description" | sha256sum | cut -d ' ' -f 1)
    if [[ $new != "$old" ]]; then
        rm "$folder/$old.json"
        printf '%s' "$description" >"$folder/$new.json" && sed -i "s/$old\.json/$new.json/" "$folder/manifest.json" || return 1
        load_image "$folder" "$new" >&2 || return 1
    fi
    echo "sha256:$new"
}

# save_image ID ARCHIVE
save_image() {
    case $engine in
        docker) "$client" save -o "$2" "$1" ;;
        podman) "$client" save -q --format docker-archive -o "$2" "$1" ;;
        buildah) "$client" push -q "$1" "docker-archive:$2" ;;
    esac
}

# load_image FOLDER ID: what is saved in FOLDER, with the manifest and the description of ID that are there.
load_image() {
    local layers=()
    if [[ $engine == docker ]]; then
        # It does not ask for layers that it has.
        tar -cf - -C "$1" manifest.json "$2.json" | "$client" load -q
        return
    fi
    mapfile -t layers < <(grep -o '[0-9a-f]\{64\}\.tar' "$1/manifest.json" | sort -u)
    tar -xf "$1/image.tar" -C "$1" "${layers[@]}" && tar -cf "$1/image.tar" -C "$1" manifest.json "$2.json" "${layers[@]}" || return 1
    case $engine in
        podman) "$client" load -q -i "$1/image.tar" ;;
        buildah) "$client" pull -q "docker-archive:$1/image.tar" ;;
    esac
}

# engine_failed LOG MESSAGE: ends with what can be done about what the engine said.
engine_failed() {
    if grep -q 'trusted checksum' "$1"; then
        tail -n 20 "$1" >&2
        deps_explain "$1"
        fail "$2 The image of that name is the one it was."
    fi
    if disk_is_full "$1"; then
        fail "$2 The disk is full (no space left on device; $(room) are free in the checkout). The engine's images lie elsewhere: '$engine info' says where. Free some there, for example with '$(prune_command)', and try again. The image of that name is the one it was."
    fi
    if npm_explain "$1"; then
        tail -n 20 "$1" >&2
        fail "$2 The image of that name is the one it was."
    fi
    if grep -qiE 'could not (resolve|transfer)|ENOTFOUND|EAI_AGAIN|Unknown host|ECONNREFUSED' "$1"; then
        tail -n 20 "$1" >&2
        fail "$2 Something could not be downloaded, see above. The first build needs the registries of Maven and npm; a container may need MM_IMAGE_OPTIONS=--network=host to reach them."
    fi
    if grep -qiE 'PKIX path|SELF_SIGNED_CERT|unable to get local issuer' "$1"; then
        fail "$2 The network signs TLS itself. Give its certificate: NODE_EXTRA_CA_CERTS=FILE ./mm image. It is used for the build alone."
    fi
    tail -n 20 "$1" >&2
    fail "$2 What $engine said is above. The image of that name is the one it was."
}

prune_command() {
    case $engine in
        docker) echo 'docker builder prune' ;;
        podman) echo 'podman image prune' ;;
        buildah) echo 'buildah prune' ;;
    esac
}

# image_report WORK ID TAG MILLISECONDS: the report of an engine's image.
image_report() {
    local work=$1
    save_image "$2" "$work/image.tar" >"$work/save.log" 2>&1 || engine_failed "$work/save.log" "The image was built, but could not be read for the report."
    write_report "$work" "$work/image.tar" "$3" "$2" "$engine" "$4"
}

# write_report WORK ARCHIVE TAG ID BUILDER MILLISECONDS: prints the layers of an image and keeps them in target/image/report.{md,json}. WORK/log is
# what the builder said.
write_report() {
    local work=$1 out=$ROOT/target/image
    "$JAVA_HOME/bin/java" "$ROOT/launcher/ImageReport.java" "${@:2}" "$work/log" "$work/report" ||
        fail "The image was built, but the report could not be made, see above."
    mv "$work/report.md" "$out/report.md"
    mv "$work/report.json" "$out/report.json"
    cat "$out/report.md"
    say "The report is in $out/report.md and report.json"
}
