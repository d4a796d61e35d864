package io.vyra.modulemanager.benchmark.zenoh;

import io.vyra.modulemanager.benchmark.Scene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A router and two clients of each implementation, each in a process of its own; every client is connected to both routers. */
final class Cast implements AutoCloseable {
    static final String OURS = "ours ↔ ours";
    static final String PYTHON = "Python ↔ Python";
    static final String MIXED = "ours ↔ Python";

    /** The other end is in the router's own process: one hop. */
    static final String DIRECT = "direct";

    static final String THROUGH_OURS = "through our router";
    static final String THROUGH_PYTHON = "through Python's router";

    private static final String OWN = "own";
    private static final String TO_OURS = "to-ours";
    private static final String TO_PYTHON = "to-python";

    private final List<Side> sides = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();

    Cast(Scene scene, Path folder) throws IOException, InterruptedException {
        try {
            start(scene, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(Scene scene, Path folder) throws IOException, InterruptedException {
        Side ourRouter = keep(Side.ours("our-router", folder));
        Side pythonRouter = keep(Side.python("python-router", folder, scene));
        String ours = ourRouter.tell("route", OWN, freeEndpoint()).getFirst();
        String python = pythonRouter.tell("route", OWN, freeEndpoint()).getFirst();
        List<Side> ourClients = new ArrayList<>();
        List<Side> pythonClients = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            ourClients.add(keep(Side.ours("our-" + name, folder)));
            pythonClients.add(keep(Side.python("python-" + name, folder, scene)));
        }
        for (Side side : sides.subList(2, sides.size())) {
            side.tell("connect", TO_OURS, ours);
            side.tell("connect", TO_PYTHON, python);
        }
        Side our = ourClients.getFirst();
        Side pythonic = pythonClients.getFirst();
        pairs.add(new Pair(OURS, DIRECT, our, TO_OURS, ourRouter, OWN));
        pairs.add(new Pair(PYTHON, DIRECT, pythonic, TO_PYTHON, pythonRouter, OWN));
        pairs.add(new Pair(MIXED, DIRECT, our, TO_PYTHON, pythonRouter, OWN));
        through(THROUGH_OURS, TO_OURS, ourClients, pythonClients);
        through(THROUGH_PYTHON, TO_PYTHON, ourClients, pythonClients);
        for (Pair pair : pairs) {
            pair.prepare();
        }
    }

    private void through(String way, String session, List<Side> ours, List<Side> python) {
        pairs.add(new Pair(OURS, way, ours.getFirst(), session, ours.getLast(), session));
        pairs.add(new Pair(PYTHON, way, python.getFirst(), session, python.getLast(), session));
        pairs.add(new Pair(MIXED, way, ours.getFirst(), session, python.getLast(), session));
    }

    private Side keep(Side side) {
        sides.add(side);
        return side;
    }

    /** The reference implementation cannot say which port it was given. */
    private static String freeEndpoint() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp/127.0.0.1:" + socket.getLocalPort();
        }
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    /** The clients first, so that they take their leave. */
    @Override
    public void close() throws InterruptedException {
        for (Side side : sides.reversed()) {
            side.close();
        }
    }
}
