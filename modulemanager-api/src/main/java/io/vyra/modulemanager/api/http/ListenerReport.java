package io.vyra.modulemanager.api.http;

import io.quarkus.vertx.http.HttpServerStart;
import io.vyra.modulemanager.ServiceListening;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import org.jboss.logging.Logger;

/** Says where the service listens, to people and to the rest of the service; Quarkus' own line would always say http. */
@Singleton
public class ListenerReport {
    private static final Logger LOG = Logger.getLogger(ListenerReport.class);

    private final Event<ServiceListening> listening;

    public ListenerReport(Event<ServiceListening> listening) {
        this.listening = listening;
    }

    void started(@ObservesAsync HttpServerStart event) {
        LOG.infof(
                "Listening url=%s://%s:%d start_ms=%d",
                event.options().isSsl() ? "https" : "http",
                event.options().getHost(),
                event.options().getPort(),
                ManagementFactory.getRuntimeMXBean().getUptime());
        listening.fire(new ServiceListening());
    }
}
