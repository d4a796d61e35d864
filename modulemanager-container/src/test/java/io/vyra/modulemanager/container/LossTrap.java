package io.vyra.modulemanager.container;

import io.vyra.modulemanager.container.LossTrigger.Cut;
import io.vyra.modulemanager.container.engine.EngineException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Kills the engine once, at one command that it is given. Thread-safe. */
final class LossTrap implements ToldEngine.Listener {
    /** Much less than an image with a shell has. */
    private static final int FIRST_PART = 200_000;

    private final Runnable kill;
    private final AtomicReference<Optional<Fate>> fate = new AtomicReference<>(Optional.empty());

    private record Fate(String command, Cut cut, BooleanSupplier condition) {
        boolean meets(String given, Cut side) {
            return cut == side && command.equals(given) && condition.getAsBoolean();
        }
    }

    LossTrap(Runnable kill) {
        this.kill = kill;
    }

    /** @param condition of the moment at which the command is given, for it to count */
    void arm(String command, Cut cut, BooleanSupplier condition) {
        fate.set(Optional.of(new Fate(command, cut, condition)));
    }

    void disarm() {
        fate.set(Optional.empty());
    }

    private boolean springs(String command, Cut side) {
        Optional<Fate> armed = fate.get();
        return armed.filter(it -> it.meets(command, side)).isPresent() && fate.compareAndSet(armed, Optional.empty());
    }

    /** The command then goes to an engine that is not there. */
    @Override
    public void before(String command) {
        if (springs(command, Cut.BEFORE_OBEYING)) {
            kill.run();
        }
    }

    /** The rest then goes to an engine that is not there. */
    @Override
    public InputStream given(InputStream archive) {
        return new FilterInputStream(archive) {
            private long taken;

            @Override
            public int read() throws IOException {
                int value = super.read();
                took(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                took(Math.max(count, 0));
                return count;
            }

            private void took(int bytes) {
                taken += bytes;
                if (taken > FIRST_PART && springs("load", Cut.HALFWAY)) {
                    kill.run();
                }
            }
        };
    }

    @Override
    public void after(String command) {
        if (springs(command, Cut.AFTER_OBEYING)) {
            kill.run();
            throw new EngineException(EngineException.Reason.UNREACHABLE, "the container engine was killed");
        }
    }
}
