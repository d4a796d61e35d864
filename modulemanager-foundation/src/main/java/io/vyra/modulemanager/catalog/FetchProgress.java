package io.vyra.modulemanager.catalog;

import java.util.OptionalLong;

/** Hears how far a download is; called for every chunk by the downloading thread, so it must be quick. */
@FunctionalInterface
public interface FetchProgress {
    FetchProgress SILENT = (received, total) -> {};

    /**
     * @param received bytes on disk so far, those of an earlier attempt included; goes back when a download begins anew
     * @param total    bytes of the package where they are known
     */
    void at(long received, OptionalLong total);
}
