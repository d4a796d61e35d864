# ./mm test: runs all tests and counts them. Sourced by mm.
# shellcheck shell=bash

# run_tests [--all]
run_tests() {
    local groups=() build=0 passed failed skipped
    if [[ ${1:-} == --all ]]; then
        groups=(-Dtest.excluded.groups=)
        # Root's tests of the images start an engine of their own.
        [[ $(id -u) != 0 ]] || need_packages dockerd docker.io
        need_packages mmdebstrap mmdebstrap
        need_packages podman podman
        # What Podman runs containers with in the tests.
        need_packages runc runc
        need_packages buildah buildah
        need_packages docker-registry docker-registry
        [[ $(id -u) != 0 ]] || need_rootless_engine
        need_compose
        need_gateway
        need_zenohd
        need_actionlint
        shift
    fi
    (($# == 0)) || usage_error "test takes only --all, not '$1'"
    need_jdk
    need_maven
    need_node
    need_c_compiler
    need_strace
    need_packages openssl openssl
    # The page is tested in a browser; frontend/e2e/browser.ts finds the same ones.
    [[ -x ${CHROMIUM:-} ]] || command -v google-chrome >/dev/null || command -v chromium-browser >/dev/null || need_packages chromium chromium fonts-dejavu-core
    need_zenoh_peer
    need_ros2_peers
    if [[ -e $ROOT/target/mm/unchecked ]]; then
        forget_classes
        rm "$ROOT/target/mm/unchecked"
    fi
    # Reports of an earlier run must not be counted.
    find "$ROOT" -name node_modules -prune -o -type d \( -name surefire-reports -o -name failsafe-reports -o -name vitest-reports \) \
        -path '*/target/*' -prune -exec rm -rf {} +
    maven verify -Pfull,slim,slim-containers,bench --fail-at-end "${groups[@]}" || build=$?
    read -r passed failed skipped < <(count_results)
    if ((build != 0 && failed == 0)); then
        echo "The build itself failed, see above."
    fi
    if [[ ${CI:-} == true ]] && ((skipped > 0)); then
        echo "CI skips nothing, but $skipped were skipped."
        build=1
    fi
    if ((passed + failed == 0)); then
        echo "No test ran."
        build=1
    fi
    ((failed == 0)) || build=1
    echo "$passed passed, $failed failed, $skipped skipped"
    return "$build"
}

# Prints "PASSED FAILED SKIPPED" over all JUnit reports. Each report may hold several <testsuite …> elements.
count_results() {
    find "$ROOT" -name node_modules -prune -o -type f -name 'TEST-*.xml' \
        \( -path '*/target/surefire-reports/*' -o -path '*/target/failsafe-reports/*' -o -path '*/target/vitest-reports/*' \) -print0 |
        xargs -0 -r awk '
            function attribute(name) {
                return match(head, " " name "=\"[0-9]+\"") ? substr(head, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
            }
            # A tag may span lines; what a test printed is inside CDATA and never starts like this.
            FNR == 1 { open = 0; cdata = 0 }
            /<!\[CDATA\[/ { cdata = 1 }
            !cdata && /^[ \t]*<testsuite[ \t]/ { open = 1; head = "" }
            /\]\]>/ { cdata = 0 }
            open {
                head = head " " $0
                if ($0 ~ />/) {
                    open = 0
                    tests += attribute("tests")
                    failed += attribute("failures") + attribute("errors")
                    skipped += attribute("skipped")
                }
            }
            END { print tests - failed - skipped, failed + 0, skipped + 0 }
        ' | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }'
}
