package io.vyra.modulemanager.runtime;

import java.time.InstantSource;

/** What all shims of one runtime share. */
record ShimSurroundings(
        RunFolder folder,
        ShimFinder finder,
        ProcessTable processes,
        Leftovers leftovers,
        FolderWatch watch,
        InstantSource clock) {}
