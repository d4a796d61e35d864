/**
 * A router for the clients of one robot: a star of client sessions, and at most one router upstream, whose client this one is.
 *
 * <p>Start at {@link io.vyra.zenoh.router.ZenohRouter}. What it learned of routing from zenoh 1.x ({@code zenoh/src/net/routing}) is said
 * where it matters; peers, gossip, scouting and links between routers do not live here.
 */
package io.vyra.zenoh.router;
