package io.vyra.modulemanager.api.system;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.quarkus.runtime.ImageMode;
import io.vyra.modulemanager.StartSettled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * The meters of the JVM and of its process at {@code /q/metrics}. They are the ones that Quarkus would register before the service
 * listens; here they come after its first answers.
 *
 * <p>Safe for use by several threads.
 */
@Singleton
public class RuntimeMeters {
    private final MeterRegistry registry;
    private final List<AutoCloseable> listening = new ArrayList<>();
    private boolean isBound;

    public RuntimeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Once, however many listeners there are. */
    synchronized void bind(@ObservesAsync StartSettled event) {
        if (isBound) {
            return;
        }
        isBound = true;
        bind(new ClassLoaderMetrics());
        bind(new JvmMemoryMetrics());
        bind(new JvmThreadMetrics());
        bind(new JvmInfoMetrics());
        bind(new JvmHeapPressureMetrics());
        // A native executable has no beans of its collectors that could be listened to.
        if (ImageMode.current() == ImageMode.JVM) {
            bind(new JvmGcMetrics());
        }
        bind(new UptimeMetrics());
        bind(new ProcessorMetrics());
        bind(new FileDescriptorMetrics());
    }

    private void bind(MeterBinder meters) {
        meters.bindTo(registry);
        if (meters instanceof AutoCloseable closeable) {
            listening.add(closeable);
        }
    }

    @PreDestroy
    synchronized void close() throws Exception {
        for (AutoCloseable meters : listening) {
            meters.close();
        }
    }
}
