package io.vyra.modulemanager.benchmark.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A way in which a developer makes an image of what was just changed. */
enum Way {
    JIB("Jib without AOT cache", 8, "--jib", "--no-aot"),
    DOCKERFILE("Dockerfile without AOT cache", 10, "--no-aot"),
    DOCKERFILE_AOT("Dockerfile with AOT cache", 20);

    private final String label;
    private final double targetSeconds;
    private final List<String> options;

    Way(String label, double targetSeconds, String... options) {
        this.label = label;
        this.targetSeconds = targetSeconds;
        this.options = List.of(options);
    }

    String label() {
        return label;
    }

    /** For a change of one line of Java. */
    double targetSeconds() {
        return targetSeconds;
    }

    /** For {@code ./mm image}. */
    List<String> options() {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--tag", image()));
        return all;
    }

    String image() {
        return "vyra/measured:" + name().toLowerCase(Locale.ROOT);
    }
}
