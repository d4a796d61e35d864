package io.vyra.modulemanager.container.settings;

import java.util.Locale;

/** What an administrator may allow a module that is otherwise refused. */
public enum Allowance {
    PRIVILEGED,
    HOST_PID,
    /** Folders and files of the machine outside the module's storage. */
    HOST_PATHS,
    /** Capabilities beyond those that engines give by themselves. */
    CAPABILITIES;

    /** As it is written in the configuration. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
