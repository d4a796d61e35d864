package io.vyra.zenoh.port.reference;

import io.vyra.zenoh.link.Endpoint;
import io.vyra.zenoh.port.ZenohPort;
import io.vyra.zenoh.port.ZenohPortContract;
import java.util.function.Consumer;

/** Runs with the profile {@code zenoh-java} only: it needs the real library. */
class ZenohJavaPortTest extends ZenohPortContract {
    @Override
    protected ZenohPort open(Endpoint endpoint, Consumer<? super Throwable> failures) throws Exception {
        return ZenohJavaPort.open(endpoint, failures);
    }
}
