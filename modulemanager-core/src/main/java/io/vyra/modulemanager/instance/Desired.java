package io.vyra.modulemanager.instance;

import java.util.Locale;

/** What somebody wants of a module; always persisted before anything is done about it. */
public enum Desired {
    RUNNING,
    STOPPED,
    SUSPENDED,
    /** Being removed; never taken back once its files are in the trash. */
    REMOVED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Desired ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
