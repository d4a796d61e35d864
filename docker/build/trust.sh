# Sourced: lets Maven and npm also trust the certificates of the build secret 'ca', where one is given. Nothing of it gets into an image:
# the trust store lies beside Maven's downloads, and is kept because making it takes longer than compiling some parts.
# shellcheck shell=sh
if [ -s /run/secrets/ca ]; then
    trust_own=/etc/ssl/certs/ca-certificates.crt
    [ -s "$trust_own" ] || trust_own=
    # shellcheck disable=SC2086 # nothing when there is no such file
    trust_store=/root/.m2/trust-$(cat /run/secrets/ca $trust_own docker/build/TrustStore.java | sha256sum | cut -c 1-16).p12
    if [ ! -s "$trust_store" ]; then
        # shellcheck disable=SC2086
        java docker/build/TrustStore.java "$trust_store.$$" $trust_own /run/secrets/ca
        mv "$trust_store.$$" "$trust_store"
    fi
    export MAVEN_OPTS="${MAVEN_OPTS:-} -Djavax.net.ssl.trustStore=$trust_store -Djavax.net.ssl.trustStoreType=PKCS12"
    export NODE_EXTRA_CA_CERTS=/run/secrets/ca
fi
