package io.vyra.zenoh.router;

/**
 * One connection to a router, as long as the router lives: a client that comes back has another.
 *
 * @param number counts from 1
 */
public record FaceId(long number) {
    @Override
    public String toString() {
        return "#" + number;
    }
}
