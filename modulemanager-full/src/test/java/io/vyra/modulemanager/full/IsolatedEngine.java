package io.vyra.modulemanager.full;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A Docker engine in a network namespace of its own, where it may publish ports and make bridges, and a user in that network. Needs root. */
final class IsolatedEngine implements AutoCloseable {
    private final String namespace = "mm-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path checkout;
    private final ContainerEngine engine;

    private IsolatedEngine(Path checkout) throws IOException, InterruptedException {
        this.checkout = checkout;
        machine("ip", "netns", "add", namespace).successful();
        machine("ip", "-n", namespace, "link", "set", "lo", "up").successful();
        this.engine = ContainerEngine.startIn(namespace, checkout);
    }

    static IsolatedEngine start(Path checkout) throws IOException, InterruptedException {
        return new IsolatedEngine(checkout);
    }

    ContainerEngine engine() {
        return engine;
    }

    /** By Jib, which builds outside of the engine: that does not reach what a build downloads. */
    void image(String tag, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("image", "--jib", "--no-aot", "--to", "daemon", "--tag", tag));
        words.addAll(List.of(options));
        engine.mm(Map.of(), words.toArray(String[]::new)).successful();
    }

    /** The body of the answer and its status, of a listener with any certificate. */
    Command ask(String url) throws IOException, InterruptedException {
        return inside("curl", "-ksS", "--max-time", "20", "-w", " %{http_code}", url);
    }

    /** Runs a program of the machine in the engine's network, where published ports are. */
    Command inside(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        all.addAll(List.of(words));
        return machine(all.toArray(String[]::new));
    }

    private Command machine(String... words) throws IOException, InterruptedException {
        return Command.run(checkout, Map.of(), Duration.ofMinutes(1), List.of(words));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        engine.close();
        machine("ip", "netns", "delete", namespace).successful();
    }
}
