package io.vyra.modulemanager.module;

import java.util.Locale;

/** Names of processor architectures. {@code uname}, Java, Docker and Debian each have their own; Docker's are used here. */
public final class Architecture {
    private Architecture() {}

    /** The one name used here, for example {@code amd64} for {@code x86_64}; a name not known is only lower-cased. */
    public static String normalise(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "x86_64", "x86-64", "x64", "amd64", "linux/amd64" -> "amd64";
            case "aarch64", "arm64", "armv8", "arm64v8", "armv8l", "linux/arm64" -> "arm64";
            case "arm", "armv6l", "armv7", "armv7l", "armhf", "arm32", "arm32v7", "armel", "linux/arm/v7" -> "arm";
            case "x86", "i386", "i486", "i586", "i686", "386" -> "386";
            case "riscv64", "riscv64gc" -> "riscv64";
            case "ppc64le", "powerpc64le" -> "ppc64le";
            case "all", "any", "noarch", "*" -> "any";
            default -> lower;
        };
    }

    /** The architecture this machine runs Java on. */
    public static String ofThisMachine() {
        return normalise(System.getProperty("os.arch", ""));
    }
}
