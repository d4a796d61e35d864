package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.NumberSet;

/**
 * What readers lack, sent in bursts with pauses between: a request that was answered at once would overflow the socket of who asks, and lose the
 * better part of the answer once more. What a reader asks for later replaces what it asked for before, so that it is not sent twice.
 */
final class Resends {
    /** Between two bursts, in nanoseconds. */
    static final long PAUSE = 1_000_000;

    /** How many packets of the largest size go at once: sockets have room for 208 KiB where nobody has changed Linux' default. */
    static final int BURST = 8;

    /** Of payload, for one request; the heartbeat that follows has the reader ask again. */
    private static final int MOST_BYTES = 2 << 20;

    private final Environment environment;
    private final ChangeSender sender;
    private final History history;
    private long resent;

    /**
     * What is to be sent to a reader.
     *
     * @param fragment 0 for a sample that has none
     * @param isAgain  whether it was sent before
     */
    record Piece(long sequence, int fragment, boolean isAgain) {}

    Resends(Environment environment, ChangeSender sender, History history) {
        this.environment = environment;
        this.sender = sender;
        this.history = history;
    }

    /** How many samples and fragments were sent again. */
    long resent() {
        return resent;
    }

    /** A reader has everything up to before a number. */
    void acknowledged(ReaderProxy proxy, long base) {
        proxy.lacking.removeIf(piece -> piece.sequence() < base);
    }

    /** A reader lacks samples, of which those that are gone are told at once. */
    void ask(ReaderProxy proxy, NumberSet missing) {
        long end = missing.base() + missing.size();
        // Fragments that it asked for by themselves are none of these.
        proxy.lacking.removeIf(
                piece -> missing.contains(piece.sequence()) || piece.fragment() == 0 && piece.sequence() < end);
        Outbox outbox = environment.outbox().to(proxy.destination);
        long[] gone = {0, 0};
        int[] left = {MOST_BYTES};
        missing.forEach(number -> {
            if (number > history.last() || left[0] <= 0) {
                return;
            }
            Change change = number < proxy.firstRelevant ? null : history.get(number);
            if (change != null) {
                left[0] -= add(proxy, change, true);
                return;
            }
            if (gone[1] != number) {
                sender.gap(outbox, proxy.guid.entity(), gone[0], gone[1]);
                gone[0] = number;
            }
            gone[1] = number + 1;
        });
        sender.gap(outbox, proxy.guid.entity(), gone[0], gone[1]);
    }

    /** A reader shall get everything from a number on. */
    void askFrom(ReaderProxy proxy, long first) {
        int left = MOST_BYTES;
        for (long number = Math.max(history.first(), first); number <= history.last() && left > 0; number++) {
            Change change = history.get(number);
            if (change != null) {
                left -= add(proxy, change, false);
            }
        }
        proxy.isToAnswer = true;
    }

    private static int add(ReaderProxy proxy, Change change, boolean isAgain) {
        if (!change.isFragmented()) {
            proxy.lacking.add(new Piece(change.sequence(), 0, isAgain));
            return change.length();
        }
        proxy.isToAnswer = true;
        int fragments = Math.min(change.fragments(), MOST_BYTES / Outbox.LARGEST_PAYLOAD);
        for (int fragment = 1; fragment <= fragments; fragment++) {
            proxy.lacking.add(new Piece(change.sequence(), fragment, isAgain));
        }
        return fragments * Outbox.LARGEST_PAYLOAD;
    }

    /** A reader lacks fragments of a sample. */
    void askFragments(ReaderProxy proxy, long sequence, NumberSet missing) {
        proxy.lacking.removeIf(piece -> piece.sequence() == sequence);
        Change change = sequence < proxy.firstRelevant ? null : history.get(sequence);
        if (change == null) {
            sender.gap(environment.outbox().to(proxy.destination), proxy.guid.entity(), sequence, sequence + 1);
            return;
        }
        proxy.isToAnswer = true;
        missing.forEach(fragment -> {
            if (change.isFragmented() && fragment <= change.fragments()) {
                proxy.lacking.add(new Piece(sequence, (int) fragment, true));
            }
        });
    }

    /** Sends a reader the next burst of what it lacks. The result is whether something is left. */
    boolean burst(ReaderProxy proxy) {
        Outbox outbox = environment.outbox().to(proxy.destination);
        int left = BURST * Outbox.LARGEST_PAYLOAD;
        while (left > 0 && !proxy.lacking.isEmpty()) {
            Piece piece = proxy.lacking.poll();
            // What had to make room meanwhile is told as gone when the reader asks once more.
            Change change = history.get(piece.sequence());
            if (change != null) {
                sender.write(
                        outbox.at(change.timestamp()), change, proxy.guid.entity(), piece.fragment(), piece.fragment());
                resent += piece.isAgain() ? 1 : 0;
                left -= Math.min(change.length(), Outbox.LARGEST_PAYLOAD);
            }
        }
        return !proxy.lacking.isEmpty();
    }
}
