# ./mm run --dev: quarkus:dev, which compiles and reloads what changed, and Vite, which does so for the page. Sourced by mm.
# shellcheck shell=bash

# What a reload needs and no more: Error Prone cannot run inside of Quarkus' compiler, and tests have commands of their own.
readonly DEV_OPTIONS=(
    -Dspotless.check.skip=true -Dcompiler.checks=-Xlint:none "-Dmaven.compiler.debuglevel=lines,vars,source"
    -Dmaven.test.skip=true -Dmaven.compiler.useIncrementalCompilation=false -Dfrontend.skip=true -Dexamples.skip=true
    -Dquarkus.test.continuous-testing=disabled -Dquarkus.analytics.disabled=true
    "-Djvm.args=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
)

# run_dev DISTRIBUTION SCHEME HOST PORT INSECURE PROPERTIES…: until the service ends or a signal comes.
run_dev() {
    local distribution=$1 service page_host=127.0.0.1 maven page code
    service=$2://$(reachable "$3"):$4
    # Vite speaks plain HTTP only: other machines reach it when the user allowed that.
    ! $5 || page_host=$3
    shift 5
    need_maven
    need_node
    deps_well_formed "$ROOT/$LOCK"
    [[ -x $ROOT/frontend/node_modules/.bin/vite ]] || fail "The page's packages are missing in $ROOT/frontend/node_modules. Install them: frontend/build.sh"
    forget_classes
    mkdir -p "$ROOT/target/mm"
    touch "$ROOT/target/mm/dev"
    (cd "$ROOT/frontend" && MM_SERVICE=$service exec node_modules/.bin/vite --host "$page_host" --clearScreen false) </dev/null &
    page=$!
    # With a phase before it: only what Maven compiled itself may stand in for jars that are no longer up to date, as that of the authoring
    # commands, which Quarkus does not know.
    # Without the profile 'tests': the jar of the core's tests, which it wants, is not made here.
    # In the background, because bash acts on a signal only between commands; Quarkus still reads its keys from the terminal.
    (cd "$ROOT" && exec "$MVN" -B -ntp "$STRICT_LOCK" "-P$distribution,!tests" -pl "modulemanager-$distribution" -am process-classes quarkus:dev "${DEV_OPTIONS[@]}" "$@") <&0 &
    maven=$!
    # shellcheck disable=SC2064 # the process of now
    trap "kill $maven 2>/dev/null || true" INT TERM HUP
    while :; do
        code=0
        wait "$maven" || code=$?
        # A signal ends the waiting, but not yet the service, which stops in order.
        kill -0 "$maven" 2>/dev/null || break
    done
    kill "$page" 2>/dev/null || true
    wait "$page" || true
    exit "$code"
}

# Where a service that listens on this address answers on this machine.
reachable() {
    case $1 in
        0.0.0.0 | ::) echo 127.0.0.1 ;;
        *:*) echo "[$1]" ;;
        *) echo "$1" ;;
    esac
}
