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
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The web interface: static files from the folder {@code vyra.ui}. An address without a file, as the interface's own router makes
 * them, gets its page.
 */
@Singleton
public class WebInterface {
    private static final Logger LOG = Logger.getLogger(WebInterface.class);

    /** Styles may be inline because the interface's component library sets them at run time; scripts may not. */
    private static final String POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self';"
            + " form-action 'self'; frame-ancestors 'none'";

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
            files.handle(context);
        });
        router.route().method(HttpMethod.GET).handler(context -> {
            if (isElsewhere(context.normalizedPath()) || looksLikeAFile(context.normalizedPath())) {
                context.next();
                return;
            }
            context.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .sendFile(index.toString());
        });
    }

    private static void secure(RoutingContext context) {
        context.response().putHeader("Content-Security-Policy", POLICY);
        // Names under assets hold a hash of their content; everything else must be asked for again.
        String caching =
                context.normalizedPath().startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        context.response().putHeader("Cache-Control", caching);
    }

    private static boolean isElsewhere(String path) {
        return ELSEWHERE.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    private static boolean looksLikeAFile(String path) {
        return path.substring(path.lastIndexOf('/') + 1).contains(".");
    }
}
