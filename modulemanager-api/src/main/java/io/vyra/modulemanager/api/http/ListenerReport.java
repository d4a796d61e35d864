package io.vyra.modulemanager.api.http;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/** Says where the service listens; Quarkus' own line would always say http. */
@Singleton
public class ListenerReport {
    private static final Logger LOG = Logger.getLogger(ListenerReport.class);

    void started(@ObservesAsync HttpServerStart event) {
        LOG.infof(
                "Listening url=%s://%s:%d start_ms=%d",
                event.options().isSsl() ? "https" : "http",
                event.options().getHost(),
                event.options().getPort(),
                ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
