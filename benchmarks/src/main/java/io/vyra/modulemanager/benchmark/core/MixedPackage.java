package io.vyra.modulemanager.benchmark.core;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * The tree of a module like real ones: large files that do not compress (models, images, libraries), text that does, and many small
 * files. The same on every machine.
 *
 * @param mebibytes size of the package made of it, about
 */
record MixedPackage(String name, int mebibytes) {
    private static final int MEBIBYTE = 1 << 20;
    private static final int LARGE_FILE = 4 * MEBIBYTE;
    private static final int SMALL_FILE = 4_096;

    /** Small files per mebibyte of package: 5 % of its bytes. */
    private static final int SMALL_FILES = 13;

    /** Characters of text per byte of package that they become. */
    private static final double TEXT_RATIO = 3.15;

    Path writeTo(Path folder) throws IOException {
        Random random = new Random(2_026);
        Path tree = SampleTree.idle(name).writeTo(folder);
        long incompressible = mebibytes * (long) MEBIBYTE * 70 / 100;
        for (int i = 0; incompressible > 0; i++) {
            int size = (int) Math.min(LARGE_FILE, incompressible);
            Files.write(
                    Files.createDirectories(tree.resolve("models")).resolve("layer_" + i + ".bin"),
                    bytes(size, random));
            incompressible -= size;
        }
        for (int i = 0; i < mebibytes * SMALL_FILES; i++) {
            Path part = Files.createDirectories(tree.resolve("assets/part_" + i % 50));
            Files.write(part.resolve("asset_" + i + ".dat"), bytes(SMALL_FILE, random));
        }
        long text = (long) (mebibytes * (double) MEBIBYTE * 25 / 100 * TEXT_RATIO);
        for (int i = 0; text > 0; i++) {
            long size = Math.min(MEBIBYTE, text);
            writeText(Files.createDirectories(tree.resolve("lib")).resolve("source_" + i + ".txt"), size, random);
            text -= size;
        }
        return tree;
    }

    private static byte[] bytes(int size, Random random) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Words out of a vocabulary of 64, which deflate packs about as well as text. */
    private static void writeText(Path file, long size, Random random) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), MEBIBYTE)) {
            long written = 0;
            while (written < size) {
                byte[] word = (Integer.toString(random.nextInt(64) * 7_919 % 50_000, 36)
                                + (random.nextInt(8) == 0 ? "\n" : " "))
                        .getBytes(StandardCharsets.US_ASCII);
                out.write(word);
                written += word.length;
            }
        }
    }
}
