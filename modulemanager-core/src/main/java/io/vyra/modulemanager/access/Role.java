package io.vyra.modulemanager.access;

import java.util.Locale;

/** What a user may do; each role includes those before it. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Starts, stops, suspends, resumes, cancels. */
    OPERATOR,
    /** Installs, updates, rolls back, removes; sets parameters. */
    DEVELOPER,
    /** Manages users and repositories; sees hidden modules. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** As in the API: lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
