package io.vyra.zenoh.link;

/**
 * Where a node listens, as Zenoh writes it: {@code tcp/127.0.0.1:7447}, {@code tls/robot.local:7447}, {@code tcp/[::1]:7447}.
 *
 * @param protocol how to talk to it
 * @param host name or address
 * @param port 0 to 65,535; 0 means any free one where this side listens
 */
public record Endpoint(Protocol protocol, String host, int port) {
    /** How bytes travel. */
    public enum Protocol {
        TCP,
        TLS
    }

    public Endpoint {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("An endpoint needs a host");
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
        }
    }

    /**
     * Reads an endpoint.
     *
     * @throws IllegalArgumentException when it is none; the message says what one looks like
     */
    public static Endpoint parse(String text) {
        int slash = text.indexOf('/');
        int colon = text.lastIndexOf(':');
        if (slash < 0 || colon < slash || text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw malformed(text);
        }
        Protocol protocol = switch (text.substring(0, slash)) {
            case "tcp" -> Protocol.TCP;
            case "tls" -> Protocol.TLS;
            default -> throw malformed(text);
        };
        String host = text.substring(slash + 1, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
            throw malformed(text);
        }
        return new Endpoint(protocol, host, Integer.parseInt(port));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not an endpoint such as tcp/127.0.0.1:7447 or tls/robot.local:7447");
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        String address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return (protocol == Protocol.TCP ? "tcp/" : "tls/") + address + ":" + port;
    }
}
