package io.vyra.modulemanager.ros2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vyra.modulemanager.catalog.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A repository whose packages begin and do not go on until it is closed. */
final class StallingRepository implements AutoCloseable {
    private static final String ID = "slow";
    private static final int SIZE = 1_000;

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    StallingRepository(String... modules) throws IOException {
        byte[] index = ("{\"modules\":["
                        + Stream.of(modules)
                                .map(name ->
                                        "{\"name\":\"%s\",\"version\":\"1.0.0\",\"filename\":\"%s.tar.gz\",\"size\":%d}"
                                                .formatted(name, name, SIZE))
                                .collect(Collectors.joining(","))
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/index.json", exchange -> {
            exchange.sendResponseHeaders(200, index.length);
            exchange.getResponseBody().write(index);
            exchange.close();
        });
        server.createContext("/", this::stall);
        server.start();
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, SIZE);
        exchange.getResponseBody().write(new byte[SIZE / 2]);
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    /** Has a robot know it. */
    void join(Robot robot) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        robot.assembly
                .repositories()
                .add(new Repository(ID, "Slow", url, 100, true, "", Optional.empty(), Optional.empty()));
        robot.assembly.refresher().refresh(ID);
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }
}
