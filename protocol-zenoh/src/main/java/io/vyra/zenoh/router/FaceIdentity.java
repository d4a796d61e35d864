package io.vyra.zenoh.router;

/** Who is at the other end of a face, as far as it is proven. Nothing that a client says inside a message has a part in it. */
public sealed interface FaceIdentity {
    /** This process: a session that {@link ZenohRouter#openSession} opened. */
    record Local() implements FaceIdentity {}

    /**
     * Anybody who could connect to an open listener.
     *
     * @param address from where
     */
    record Anonymous(String address) implements FaceIdentity {}

    /** Who knew this user's password. */
    record User(String name) implements FaceIdentity {}

    /** Who has the key of a trusted certificate with this common name. */
    record Certificate(String commonName) implements FaceIdentity {}

    /** The router whose client this one is, and everybody behind it. */
    record Upstream() implements FaceIdentity {}
}
