/**
 * What programs use: a session with publishers, subscribers, queries, queryables and liveliness tokens, that connects again by itself.
 *
 * <p>Start at {@link io.vyra.zenoh.session.ZenohSession}.
 */
package io.vyra.zenoh.session;
