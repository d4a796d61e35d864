package io.vyra.modulemanager.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small HTTP/1.1 server on loopback that can misbehave in every way a repository may. One response per connection.
 */
public final class RepositoryServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String scheme;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What was asked; header names are case-insensitive. */
    public record Request(String path, Map<String, String> headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** Writes the whole response, or as much of it as the fault leaves. */
    public interface Answer {
        void write(Request request, OutputStream out) throws IOException;
    }

    public RepositoryServer() throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http");
    }

    /**
     * @param socket bound to loopback, for example one that speaks TLS
     */
    public RepositoryServer(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.scheme = scheme;
        Thread.ofVirtual().start(this::acceptAll);
    }

    public String url() {
        return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    public RepositoryServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public long requestsOf(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null) {
                return;
            }
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                headers.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
            }
            Request request = new Request(first.split(" ")[1], headers);
            requests.add(request);
            OutputStream out = connection.getOutputStream();
            answers.getOrDefault(request.path(), status(404)).write(request, out);
            out.flush();
        } catch (IOException e) {
            // The client went away, which the tests of limits and cancellation want.
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private static void head(OutputStream out, String statusLine, String... headers) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 ").append(statusLine).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Answer status(int code) {
        return (request, out) -> head(out, code + " Status", "Content-Length: 0");
    }

    public static Answer ok(byte[] body) {
        return (request, out) -> {
            head(out, "200 OK", "Content-Length: " + body.length);
            out.write(body);
        };
    }

    public static Answer ok(String body) {
        return ok(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers 304 to a client that has it already. */
    public static Answer tagged(String body, String etag) {
        return (request, out) -> {
            if (request.header("If-None-Match").equals(Optional.of(etag))) {
                head(out, "304 Not Modified", "ETag: " + etag);
            } else {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                head(out, "200 OK", "ETag: " + etag, "Content-Length: " + bytes.length);
                out.write(bytes);
            }
        };
    }

    /** Knows Range and If-Range. */
    public static Answer ranged(byte[] body, String etag) {
        return (request, out) -> {
            boolean matches = request.header("If-Range").equals(Optional.of(etag));
            int from = matches
                    ? request.header("Range")
                            .map(range -> Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")))
                            .orElse(0)
                    : 0;
            if (from > 0) {
                head(
                        out,
                        "206 Partial Content",
                        "ETag: " + etag,
                        "Content-Range: bytes " + from + "-" + (body.length - 1) + "/" + body.length,
                        "Content-Length: " + (body.length - from));
            } else {
                head(out, "200 OK", "ETag: " + etag, "Content-Length: " + body.length);
            }
            out.write(body, from, body.length - from);
        };
    }

    /** Announces the whole body and hangs up after {@code bytes} of it. */
    public static Answer truncated(byte[] body, int bytes, String etag) {
        return (request, out) -> {
            head(out, "200 OK", "ETag: " + etag, "Content-Length: " + body.length);
            out.write(body, 0, bytes);
        };
    }

    /** Sends {@code bytes} of the body as if that were all of it. */
    public static Answer shortened(byte[] body, int bytes) {
        return ok(Arrays.copyOf(body, bytes));
    }

    /** Sends without a length until the connection ends, as VYRA's server does for a missing file. */
    public static Answer unannounced(byte[] body) {
        return (request, out) -> {
            head(out, "200 OK");
            out.write(body);
        };
    }

    public static Answer redirect(String location) {
        return (request, out) -> head(out, "302 Found", "Location: " + location, "Content-Length: 0");
    }

    /** Sends the beginning of the body and then nothing, until the server is closed. */
    public Answer stalling(byte[] body, int bytes) {
        return (request, out) -> {
            head(out, "200 OK", "Content-Length: " + body.length);
            out.write(body, 0, bytes);
            out.flush();
            awaitClose();
        };
    }

    /** Accepts the request and never says a word. */
    public Answer silent() {
        return (request, out) -> awaitClose();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the answers one after the other; the last one stays. */
    public static Answer inTurn(Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        return (request, out) -> answers[Math.min(next.getAndIncrement(), answers.length - 1)].write(request, out);
    }
}
