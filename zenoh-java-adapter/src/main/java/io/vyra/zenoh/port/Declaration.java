package io.vyra.zenoh.port;

/** Something that stands until it is closed, or its port is. Closing it again does nothing. */
@FunctionalInterface
public interface Declaration extends AutoCloseable {
    @Override
    void close();
}
