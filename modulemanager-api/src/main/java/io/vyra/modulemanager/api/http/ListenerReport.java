package io.vyra.modulemanager.api.http;

import io.quarkus.vertx.http.HttpServerStart;
import io.vyra.modulemanager.StartSettled;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says where the service listens, Quarkus' own line would always say http; and tells what waits for it that the start is over. */
@Singleton
public class ListenerReport {
    private static final Logger LOG = Logger.getLogger(ListenerReport.class);
    /** In which those are answered who asked again and again until the service listened. */
    private static final Duration FIRST_ANSWERS = Duration.ofMillis(100);

    private final Event<StartSettled> settled;
    private final NotificationOptions later;

    public ListenerReport(Event<StartSettled> settled, ExecutorService executor) {
        this.settled = settled;
        this.later = NotificationOptions.ofExecutor(
                CompletableFuture.delayedExecutor(FIRST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS, executor));
    }

    void started(@ObservesAsync HttpServerStart event) {
        LOG.infof(
                "Listening url=%s://%s:%d start_ms=%d",
                event.options().isSsl() ? "https" : "http",
                event.options().getHost(),
                event.options().getPort(),
                ManagementFactory.getRuntimeMXBean().getUptime());
        settled.fireAsync(new StartSettled(), later);
    }
}
