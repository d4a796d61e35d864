package io.vyra.modulemanager.api.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request looked like to its sender. {@code X-Forwarded-*} counts only when the connection comes from a configured proxy.
 *
 * <p>Thread-safe.
 */
@Singleton
public class ForwardedRequests {
    /** Marks a request whose configured root path was cut off. */
    static final String CUT = "vyra.root-path-cut";

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9_.~-]+)+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

    private final Set<String> proxies;
    private final String rootPath;

    public ForwardedRequests(ApiConfiguration configuration) {
        this.proxies = Set.copyOf(configuration.trustedProxies().orElse(List.of()));
        this.rootPath = configuration
                .rootPath()
                .map(ForwardedRequests::withoutTrailingSlash)
                .orElse("");
        if (!rootPath.isEmpty() && !PREFIX.matcher(rootPath).matches()) {
            throw new IllegalArgumentException(
                    "vyra.root-path must be a path such as /v2_modulemanager but is '" + rootPath + "'");
        }
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The configured root path, empty or with a leading and without a trailing slash. */
    String rootPath() {
        return rootPath;
    }

    /** What the sender's paths begin with, empty or with a leading and without a trailing slash. */
    public String prefix(RoutingContext context) {
        String forwarded = header(context.request(), "X-Forwarded-Prefix");
        String own = context.get(CUT) == null ? "" : rootPath;
        if (forwarded == null) {
            return own;
        }
        String prefix = withoutTrailingSlash(forwarded);
        return PREFIX.matcher(prefix).matches() ? prefix + own : own;
    }

    /** {@code scheme://host[:port]} as the sender's browser names the origin. */
    public String origin(RoutingContext context) {
        String host = header(context.request(), "X-Forwarded-Host");
        if (host == null || !HOST.matcher(host).matches()) {
            host = context.request().getHeader("Host");
        }
        return (isSecure(context) ? "https" : "http") + "://" + host;
    }

    public boolean isSecure(RoutingContext context) {
        String scheme = header(context.request(), "X-Forwarded-Proto");
        return scheme == null ? context.request().isSSL() : scheme.equals("https");
    }

    /** Numeric address of the sender: the last one a trusted proxy vouches for. */
    public String clientAddress(RoutingContext context) {
        String peer = context.request().remoteAddress().hostAddress();
        String chain = header(context.request(), "X-Forwarded-For");
        if (chain == null) {
            return peer;
        }
        String[] hops = chain.split(",");
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!ADDRESS.matcher(hop).matches()) {
                return peer;
            }
            if (!proxies.contains(hop)) {
                return hop;
            }
        }
        return peer;
    }

    private String header(HttpServerRequest request, String name) {
        return request.remoteAddress() != null
                        && proxies.contains(request.remoteAddress().hostAddress())
                ? request.getHeader(name)
                : null;
    }
}
