package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;

/** Decides who may come in, as soon as it is known who knocks and before anything is told to them. Called from several threads. */
@FunctionalInterface
public interface Admission {
    /** Everybody may. */
    Admission ALL = (_, _, _) -> {};

    /**
     * Lets the peer in, or not. It may wait for a moment: only this handshake does.
     *
     * @param address where the peer is
     * @throws HandshakeException when it may not; the peer is told the reason
     */
    void admit(ZenohId peer, WhatAmI role, String address) throws HandshakeException;
}
