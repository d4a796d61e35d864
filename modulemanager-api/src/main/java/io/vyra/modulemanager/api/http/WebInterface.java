package io.vyra.modulemanager.api.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import io.vyra.modulemanager.api.config.ApiConfiguration;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The web interface: static files from the folder {@code vyra.ui}, compressed where the build left a {@code .gz} beside one. Its pages are
 * behind a {@code #}; an address without a file leads to it.
 */
@Singleton
public class WebInterface {
    private static final Logger LOG = Logger.getLogger(WebInterface.class);

    /** Nothing inline, neither scripts nor styles, and nothing from elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String ASSETS = "/assets/";

    /** Content type by the end of a file's name. */
    private static final Map<String, String> COMPRESSED =
            Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml");

    /** Named, and not refused by a weight of zero (RFC 9110, section 12.5.3). */
    private static final Pattern GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private static final List<String> ELSEWHERE = List.of("/api", "/q", "/docs", "/problems", "/health");

    private final Optional<Path> folder;

    public WebInterface(ApiConfiguration configuration) {
        this.folder = configuration.ui().map(Path::toAbsolutePath);
    }

    void register(@Observes Router router) {
        if (folder.isEmpty()) {
            return;
        }
        Path index = folder.get().resolve("index.html");
        if (!Files.isRegularFile(index)) {
            LOG.warnf("No web interface found file=%s", index);
            return;
        }
        StaticHandler files = StaticHandler.create(
                        FileSystemAccess.ROOT, folder.get().toString())
                .setIncludeHidden(false)
                .setFilesReadOnly(false)
                .setCachingEnabled(true)
                .setSendVaryHeader(false);
        router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            if (isElsewhere(context.normalizedPath())) {
                context.next();
                return;
            }
            secure(context);
            if (!sendCompressed(context)) {
                files.handle(context);
            }
        });
        router.route().method(HttpMethod.GET).handler(context -> {
            if (isElsewhere(context.normalizedPath()) || looksLikeAFile(context.normalizedPath())) {
                context.next();
                return;
            }
            context.response()
                    .setStatusCode(302)
                    .putHeader("Location", upwards(context.normalizedPath()))
                    .end();
        });
    }

    /** The page's address as seen from another one; relative, because only the sender knows what a gateway put before it. */
    private static String upwards(String path) {
        long depth = path.chars().filter(character -> character == '/').count() - 1;
        return depth == 0 ? "./" : "../".repeat((int) depth);
    }

    private boolean sendCompressed(RoutingContext context) {
        String path = context.normalizedPath();
        String accepted = context.request().getHeader("Accept-Encoding");
        String type = COMPRESSED.get(path.substring(path.lastIndexOf('.') + 1));
        if (!path.startsWith(ASSETS) || type == null || context.request().method() != HttpMethod.GET) {
            return false;
        }
        context.response().putHeader("Vary", "Accept-Encoding");
        if (accepted == null || !GZIP.matcher(accepted).find()) {
            return false;
        }
        Path file = folder.orElseThrow().resolve(path.substring(1) + ".gz").normalize();
        if (!file.startsWith(folder.orElseThrow()) || !Files.isRegularFile(file)) {
            return false;
        }
        context.response()
                .putHeader("Content-Type", type)
                .putHeader("Content-Encoding", "gzip")
                .sendFile(file.toString());
        return true;
    }

    private static void secure(RoutingContext context) {
        context.response().putHeader("Content-Security-Policy", POLICY);
        // Names under assets hold a hash of their content; everything else must be asked for again.
        String caching =
                context.normalizedPath().startsWith(ASSETS) ? "public, max-age=31536000, immutable" : "no-cache";
        context.response().putHeader("Cache-Control", caching);
    }

    private static boolean isElsewhere(String path) {
        return ELSEWHERE.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    private static boolean looksLikeAFile(String path) {
        return path.substring(path.lastIndexOf('/') + 1).contains(".");
    }
}
