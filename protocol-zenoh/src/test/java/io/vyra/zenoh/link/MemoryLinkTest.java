package io.vyra.zenoh.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryLinkTest {
    private final MemoryLink.Pair pair = MemoryLink.pair();

    @Test
    void shouldCarryMoreThanItHolds() throws Exception {
        byte[] bytes = new byte[1_000_003];
        new Random(7).nextBytes(bytes);
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(pair.there()));

        pair.here().write(ByteBuffer.wrap(bytes));
        pair.here().close();

        assertThat(received.get()).isEqualTo(bytes);
    }

    @Test
    void shouldSayHowMuchCouldBeWrittenAtOnce() throws Exception {
        ByteBuffer source = ByteBuffer.wrap(new byte[100_000]);

        int first = pair.here().tryWrite(source);
        int second = pair.here().tryWrite(source);
        int read = pair.there().read(new byte[10], 0, 10);
        int third = pair.here().tryWrite(source);

        assertThat(first).isEqualTo(64 << 10);
        assertThat(second).isZero();
        assertThat(read).isEqualTo(10);
        assertThat(third).isEqualTo(10);
        assertThat(source.position()).isEqualTo((64 << 10) + 10);
    }

    @Test
    void shouldLetWhoeverWaitsGoWhenClosed() throws Exception {
        pair.here().tryWrite(ByteBuffer.wrap(new byte[100_000]));
        CompletableFuture<Throwable> writing = failure(() -> pair.here().write(ByteBuffer.wrap(new byte[1])));
        CompletableFuture<Throwable> reading = failure(() -> pair.here().read(new byte[1], 0, 1));

        pair.there().close();

        assertThat(writing.get()).isInstanceOf(ClosedChannelException.class);
        assertThat(reading.get()).isNull();
        assertThatThrownBy(() -> pair.there().read(new byte[1], 0, 1)).isInstanceOf(ClosedChannelException.class);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static CompletableFuture<Throwable> failure(Action action) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                action.run();
                return null;
            } catch (IOException e) {
                return e;
            }
        });
    }

    private static byte[] readAll(MemoryLink link) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[10_007];
        try {
            for (int read = link.read(part, 0, part.length); read > 0; read = link.read(part, 0, part.length)) {
                all.write(part, 0, read);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return all.toByteArray();
    }
}
