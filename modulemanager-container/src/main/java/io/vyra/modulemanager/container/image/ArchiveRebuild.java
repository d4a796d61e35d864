package io.vyra.modulemanager.container.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an archive anew, for an engine: one image under one name of the manager's choice, nothing else of what was in it. A delta archive
 * becomes a full one with the layers of its base image.
 */
final class ArchiveRebuild {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 64 << 10;

    private final ImageArchive archive;
    private final ArchiveContents contents;
    private final String name;

    /** @param name with its tag, the only one the image gets */
    ArchiveRebuild(ImageArchive archive, ArchiveContents contents, String name) {
        this.archive = archive;
        this.contents = contents;
        this.name = name;
    }

    /**
     * @param base    the base image as its engine saves it; only of a delta archive
     * @param scratch folder for compressed layers of the base image
     * @throws IOException when the base image lacks a layer, too
     */
    void writeTo(OutputStream out, Optional<InputStream> base, Path scratch) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            String configName = contents.configId() + ".json";
            put(tar, configName, contents.config());
            Map<String, String> own = new HashMap<>();
            archive.forEachLayer(contents, (file, size, content) -> {
                String layer = "layers/" + own.size() + ".tar";
                copy(tar, layer, size, content);
                own.put(file, layer);
            });
            Map<String, String> fromBase = base.isPresent() ? copyBase(tar, base.get(), scratch) : Map.of();
            ArrayNode layers = JSON.createArrayNode();
            for (int i = 0; i < contents.diffIds().size(); i++) {
                String diffId = contents.diffIds().get(i);
                Optional<String> file = contents.layerFiles().get(i);
                String layer = file.isPresent() ? own.get(file.get()) : fromBase.get(diffId);
                if (layer == null) {
                    throw new IOException(
                            "layer " + (i + 1) + " (" + diffId + ") is neither in the archive nor in its base");
                }
                layers.add(layer);
            }
            ObjectNode image = JSON.createObjectNode();
            image.put("Config", configName);
            image.set("RepoTags", JSON.createArrayNode().add(name));
            image.set("Layers", layers);
            put(
                    tar,
                    "manifest.json",
                    JSON.writeValueAsBytes(JSON.createArrayNode().add(image)));
        }
    }

    /**
     * The base's layers by their diff id, which is the SHA-256 of a layer's uncompressed content: how an engine names the files in its
     * archives differs from engine to engine and is of no importance then.
     */
    private Map<String, String> copyBase(TarArchiveOutputStream tar, InputStream base, Path scratch)
            throws IOException {
        Map<String, String> byDiffId = new HashMap<>();
        try (ImageTar saved = ImageTar.open(base)) {
            int number = 0;
            for (TarArchiveEntry entry = saved.next(); entry != null; entry = saved.next()) {
                if (!entry.isFile() || entry.getName().endsWith(".json") || entry.getSize() < 1_024) {
                    continue;
                }
                String layer = "base/" + number + ".tar";
                number++;
                BufferedInputStream content = new BufferedInputStream(saved, BUFFER);
                String digest = ImageTar.beginsLikeGzip(content)
                        ? copyCompressed(tar, layer, entry.getSize(), content, scratch)
                        : copy(tar, layer, entry.getSize(), content);
                byDiffId.put("sha256:" + digest, layer);
            }
        }
        return byDiffId;
    }

    /** Its size is that of the compressed content, its diff id that of the uncompressed: both need all of it first. */
    private static String copyCompressed(
            TarArchiveOutputStream tar, String layer, long size, InputStream content, Path scratch) throws IOException {
        Path file = Files.createTempFile(scratch, "layer", ".tar.gz");
        try {
            Files.copy(content, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            MessageDigest digest = ImageArchive.sha256();
            try (InputStream plain = new DigestInputStream(
                    new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), BUFFER), digest)) {
                plain.transferTo(OutputStream.nullOutputStream());
            }
            try (InputStream packed = Files.newInputStream(file)) {
                copy(tar, layer, size, packed);
            }
            return HexFormat.of().formatHex(digest.digest());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Returns the SHA-256 of the content. */
    private static String copy(TarArchiveOutputStream tar, String name, long size, InputStream content)
            throws IOException {
        MessageDigest digest = ImageArchive.sha256();
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            digest.update(buffer, 0, count);
            tar.write(buffer, 0, count);
        }
        tar.closeArchiveEntry();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
