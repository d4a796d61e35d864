package io.vyra.modulemanager.api.docs;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@code /q/openapi} and {@code /docs}; every asset is local, and everybody who may see them has logged in. */
@Singleton
public class DocumentationRoutes {
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private static final Map<String, String> ASSETS = Map.of(
            "index.html", "text/html; charset=utf-8",
            "docs.js", "text/javascript; charset=utf-8",
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8");

    void register(@Observes Router router) {
        router.get("/q/openapi")
                .handler(context -> send(context, "/META-INF/openapi/openapi.yaml", "application/yaml"));
        router.get("/docs").handler(this::page);
        router.get("/docs/:asset").handler(context -> {
            String type = ASSETS.get(context.pathParam("asset"));
            if (type == null) {
                context.next();
            } else {
                context.response().putHeader("Content-Security-Policy", PAGE_POLICY);
                send(context, "/META-INF/docs/" + context.pathParam("asset"), type);
            }
        });
    }

    /** Relative addresses in the page need the slash. */
    private void page(RoutingContext context) {
        if (context.normalizedPath().endsWith("/")) {
            context.response().putHeader("Content-Security-Policy", PAGE_POLICY);
            send(context, "/META-INF/docs/index.html", ASSETS.get("index.html"));
        } else {
            context.response().setStatusCode(302).putHeader("Location", "docs/").end();
        }
    }

    private static void send(RoutingContext context, String resource, String type) {
        try (InputStream in = DocumentationRoutes.class.getResourceAsStream(resource)) {
            if (in == null) {
                context.next();
                return;
            }
            context.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "private, max-age=300")
                    .end(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + resource + " in the jar cannot be read", e);
        }
    }
}
