package io.vyra.modulemanager.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Probes of a port of 127.0.0.1. No HTTP client: a status line is all that is wanted, and a probe must not cost threads. */
final class LocalPort {
    private static final int MAX_STATUS_LINE = 1024;
    /** Longer than a proxy needs to find out that nobody listens. */
    private static final Duration MOMENT = Duration.ofMillis(250);
    /** RFC 9112, section 4. */
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    /** Visible ASCII, as a request target must be (RFC 9112, section 3.2.1). */
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e]*");

    private LocalPort() {}

    static ProbeResult connect(int port, Duration timeout) {
        try (SocketChannel channel = SocketChannel.open()) {
            connect(channel, port, timeout);
            return new ProbeResult.Passed();
        } catch (IOException e) {
            return failed(port, timeout, e);
        }
    }

    /**
     * For a port that an engine may have published: its proxy takes every connection on, and closes it at once when nobody listens in the
     * container. A connection that stays open for a moment, or on which something is said, passes.
     */
    static ProbeResult connectThrough(int port, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = SocketChannel.open()) {
            return connect(channel, port, timeout)
                            && staysOpen(channel, Math.min(deadline - System.nanoTime(), MOMENT.toNanos()))
                    ? new ProbeResult.Passed()
                    : closedAtOnce(port);
        } catch (IOException e) {
            return failed(port, timeout, e);
        }
    }

    private static boolean staysOpen(SocketChannel channel, long nanos) throws IOException {
        channel.socket().setSoTimeout(millis(nanos));
        try {
            return channel.socket().getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothingSaid) {
            return true;
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted;
        } catch (IOException reset) {
            return false;
        }
    }

    private static ProbeResult closedAtOnce(int port) {
        return new ProbeResult.Failed(
                "port " + port
                        + " was closed as soon as it was opened: nothing listens behind it in the container, or it wants no connection");
    }

    static ProbeResult askHttp(int port, String path, Duration timeout) {
        if (!TARGET.matcher(path).matches()) {
            return new ProbeResult.Failed("the probe's path '" + path.replaceAll("\\p{Cntrl}", "?")
                    + "' must begin with / and hold no spaces or control characters");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = SocketChannel.open()) {
            if (!connect(channel, port, timeout)) {
                return unanswered(port);
            }
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                    + "\r\nUser-Agent: vyra-modulemanager\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            channel.socket().getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return judge(port, path, statusLine(channel, deadline));
        } catch (IOException e) {
            return failed(port, timeout, e);
        }
    }

    private static ProbeResult judge(int port, String path, String line) {
        if (line.isEmpty()) {
            return unanswered(port);
        }
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            return new ProbeResult.Failed("port " + port + " does not answer with HTTP");
        }
        int status = Integer.parseInt(matcher.group(1));
        return status >= 200 && status < 400
                ? new ProbeResult.Passed()
                : new ProbeResult.Failed("GET http://127.0.0.1:" + port + path + " answered " + status);
    }

    private static ProbeResult unanswered(int port) {
        return new ProbeResult.Failed("port " + port + " closed the connection without an answer");
    }

    /**
     * @return whether the connection stands; one that was taken on may be reset before this end has noticed that it was opened
     */
    private static boolean connect(SocketChannel channel, int port, Duration timeout) throws IOException {
        try {
            channel.socket().connect(new InetSocketAddress(loopback(), port), millis(timeout.toNanos()));
        } catch (ConnectException | NoRouteToHostException unreachable) {
            throw unreachable;
        } catch (SocketException reset) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            return false;
        }
        // A port nobody listens on can be given to this end of the connection, which then talks to itself.
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new ConnectException("Connection refused");
        }
        return true;
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Reads up to the first line feed; the deadline holds for all of it, so that an answer in drops does not last for ever. */
    private static String statusLine(SocketChannel channel, long deadline) throws IOException {
        InputStream in = channel.socket().getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_STATUS_LINE) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            channel.socket().setSoTimeout(millis(left));
            int read = in.read();
            if (read < 0 || read == '\n') {
                break;
            }
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    /** Zero would mean for ever. */
    private static int millis(long nanos) {
        return (int) Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1L, Integer.MAX_VALUE);
    }

    private static ProbeResult failed(int port, Duration timeout, IOException e) {
        return new ProbeResult.Failed(
                switch (e) {
                    case SocketTimeoutException late ->
                        "port " + port + " did not answer within " + ProbeRunner.inSeconds(timeout);
                    case ClosedByInterruptException interrupted -> "the probe was interrupted";
                    case ConnectException refused -> "nothing listens on port " + port;
                    default -> "port " + port + " cannot be asked: " + e.getMessage();
                });
    }
}
