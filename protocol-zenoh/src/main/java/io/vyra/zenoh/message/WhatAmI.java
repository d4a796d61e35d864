package io.vyra.zenoh.message;

import io.vyra.zenoh.wire.MalformedMessageException;

/** The role of a node. The order is the wire's. */
public enum WhatAmI {
    ROUTER,
    PEER,
    CLIENT;

    private static final WhatAmI[] VALUES = values();

    static WhatAmI ofWire(int bits) {
        if (bits >= VALUES.length) {
            throw new MalformedMessageException("There is no role " + bits);
        }
        return VALUES[bits];
    }
}
