package io.vyra.modulemanager.zenoh.connection;

import io.vyra.zenoh.session.ZenohSession;

/**
 * Something that is done over the bus. The session may change: who was the client of another router becomes the router itself.
 *
 * <p>Attached and detached by one thread at a time, one after the other.
 */
public interface BusPart {

    /** Declares what it needs. The session need not be connected; it declares all of it anew whenever it is. */
    void attach(ZenohSession session);

    /** The session is connected, for the first time or again. Must be quick. */
    default void connected() {}

    /** The session ends; what was declared need not be taken back one by one. */
    void detach();
}
