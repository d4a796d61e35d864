package io.vyra.modulemanager.bus;

import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedHub;
import io.vyra.modulemanager.module.LayerValue;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.module.StateLayers;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes in what modules tell over a bus: their state's layers are kept, the rest goes to the feeds. Thread-safe.
 *
 * <p>What comes from modules that are not installed here is counted and not taken, and so is what a module says above
 * {@value SpeechLimit#PER_SECOND} entries a second: one that babbles must not push others' entries out of the feeds.
 */
public final class ModuleReports {
    private static final int LONGEST_MESSAGE = 4_096;

    private final FeedHub feed;
    private final InstantSource clock;
    private final Predicate<ModuleId> isInstalled;
    private final Consumer<ModuleId> changed;
    private final Map<ModuleId, StateLayers> layers = new ConcurrentHashMap<>();
    private final Map<ModuleId, SpeechLimit> limits = new ConcurrentHashMap<>();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong excessive = new AtomicLong();

    /** @param changed told when the layers of a module changed */
    public ModuleReports(
            FeedHub feed, InstantSource clock, Predicate<ModuleId> isInstalled, Consumer<ModuleId> changed) {
        this.feed = feed;
        this.clock = clock;
        this.isInstalled = isInstalled;
        this.changed = changed;
    }

    /** What is known of a module's layers. */
    public StateLayers layers(ModuleId module) {
        return layers.getOrDefault(module, StateLayers.UNKNOWN);
    }

    /**
     * A module says that a layer has a value now.
     *
     * @return whether the value may follow what was known; if not, a message was lost, and the module is to be asked for its state
     */
    public boolean state(ModuleId module, LayerValue value) {
        if (isForeign(module)) {
            return true;
        }
        StateLayers before = layers.put(module, layers(module).with(value));
        announce(module, before == null ? StateLayers.UNKNOWN : before);
        return before == null || before.allows(value);
    }

    /** A module was asked and told all its layers. */
    public void state(ModuleId module, StateLayers all) {
        if (isForeign(module)) {
            return;
        }
        StateLayers before = layers.put(module, all);
        announce(module, before == null ? StateLayers.UNKNOWN : before);
    }

    private void announce(ModuleId module, StateLayers before) {
        if (!layers(module).equals(before)) {
            changed.accept(module);
        }
    }

    /** A module says something for its news, error, state or log feed. */
    public void entry(FeedEntry.Kind kind, ModuleId module, String message, String detail) {
        if (isForeign(module)) {
            return;
        }
        if (!limits.computeIfAbsent(module, _ -> new SpeechLimit()).take(clock.millis())) {
            excessive.incrementAndGet();
            return;
        }
        feed.entry(new FeedEntry(kind, module.toString(), shortened(message), shortened(detail)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** Whether what the module tells is taken: it is installed here. */
    public boolean hears(ModuleId module) {
        return isInstalled.test(module);
    }

    private boolean isForeign(ModuleId module) {
        boolean isForeign = !isInstalled.test(module);
        if (isForeign) {
            foreign.incrementAndGet();
        }
        return isForeign;
    }

    /** The module's process ended, or it is no longer heard of: what it told is no longer so. */
    public void gone(ModuleId module) {
        limits.remove(module);
        if (layers.remove(module) != null) {
            changed.accept(module);
        }
    }

    /** Messages of modules that are not installed here. */
    public long foreign() {
        return foreign.get();
    }

    /** Entries above the limit. */
    public long excessive() {
        return excessive.get();
    }
}
