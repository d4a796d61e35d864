package io.vyra.zenoh.router;

/** What a face may be allowed to do with a key expression. */
public enum Action {
    DECLARE_SUBSCRIBER,
    DECLARE_QUERYABLE,
    DECLARE_TOKEN,
    /** A put or a delete. */
    PUBLISH,
    QUERY
}
