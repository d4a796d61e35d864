package io.vyra.modulemanager.catalog;

import java.util.Locale;

/** The many names of processor architectures. */
final class Architectures {
    private Architectures() {}

    /** One name for each architecture, whether {@code os.arch}, {@code uname -m}, Debian or Docker wrote it. */
    static String normalise(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64", "x86-64", "linux/amd64" -> "amd64";
            case "arm64", "aarch64", "armv8", "arm64v8", "linux/arm64" -> "arm64";
            case "arm", "armhf", "armv7", "armv7l", "arm32v7", "linux/arm/v7" -> "arm";
            case "i386", "i486", "i586", "i686", "x86" -> "386";
            case "all", "any", "noarch", "*" -> "any";
            default -> name.strip().toLowerCase(Locale.ROOT);
        };
    }
}
