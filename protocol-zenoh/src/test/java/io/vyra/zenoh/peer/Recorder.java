package io.vyra.zenoh.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vyra.zenoh.session.Sample;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps the samples that a subscriber gets. */
public final class Recorder implements Consumer<Sample> {
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    @Override
    public void accept(Sample sample) {
        samples.add(sample);
    }

    public List<Sample> samples() {
        return samples;
    }

    /** "PUT key" or "DELETE key", in order. */
    public List<String> changes() {
        return samples.stream()
                .map(sample -> sample.kind() + " " + sample.key())
                .toList();
    }

    /** Waits for that many. */
    public List<Sample> await(int count) {
        Patience.await().untilAsserted(() -> assertThat(samples).hasSizeGreaterThanOrEqualTo(count));
        return samples;
    }

    /** Waits until these changes happened, in this order, and no others. */
    public void awaitChanges(String... changes) {
        Patience.await().untilAsserted(() -> assertThat(changes()).containsExactly(changes));
    }
}
