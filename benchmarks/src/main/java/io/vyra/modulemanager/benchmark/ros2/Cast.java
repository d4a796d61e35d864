package io.vyra.modulemanager.benchmark.ros2;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two processes of each implementation in one domain. */
final class Cast implements AutoCloseable {
    private final List<Side> sides = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Kind, Side> first = new EnumMap<>(Kind.class);
    private final Map<Kind, Side> second = new EnumMap<>(Kind.class);

    Cast(Scene scene, Path folder) throws IOException, InterruptedException {
        try {
            start(scene, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(Scene scene, Path folder) throws IOException, InterruptedException {
        int domain = FreeDomain.find();
        for (Kind kind : Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            first.put(kind, keep(Side.start(kind, name + "-first", folder, scene, domain)));
            second.put(kind, keep(Side.start(kind, name + "-second", folder, scene, domain)));
        }
        for (Kind kind : Kind.values()) {
            pairs.add(new Pair(kind, kind, first.get(kind), second.get(kind)));
        }
        for (Kind other : List.of(Kind.CYCLONE, Kind.FAST_DDS)) {
            pairs.add(new Pair(Kind.OURS, other, first.get(Kind.OURS), second.get(other)));
            pairs.add(new Pair(other, Kind.OURS, first.get(other), second.get(Kind.OURS)));
        }
        for (Side side : sides) {
            side.await("ready");
        }
        for (Pair pair : pairs) {
            pair.prepare();
        }
    }

    private Side keep(Side side) {
        sides.add(side);
        return side;
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    Pair pair(Kind here, Kind there) {
        return pairs.stream()
                .filter(it -> it.here() == here && it.there() == there)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws InterruptedException {
        for (Side side : sides.reversed()) {
            side.close();
        }
    }
}
