package io.vyra.modulemanager.module;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.yaml.YamlDocument;
import io.vyra.modulemanager.yaml.YamlFindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Writes {@code labels.modulemanager.module_id} into an installed tree. VYRA's modules refuse to start without it.
 *
 * <p>Text and comments of the file stay as they are. The file is replaced by a rename, so that a crash leaves the old one or the new
 * one; calling it again changes nothing. Not for two threads on the same tree.
 */
public final class ManagerLabel {
    /** The label as {@link Manifest#labels()} has it. */
    public static final String KEY = "modulemanager.module_id";

    private ManagerLabel() {}

    /**
     * @param tree    an unpacked package whose manifest was read without error
     * @param manager the manager's own identity
     * @throws ProblemException {@link ProblemType#INVALID_MANIFEST} when the file is written in a way that cannot be edited
     */
    public static void write(Path tree, ModuleId manager) {
        Path file = tree.resolve(ManifestReader.PARAMS_FILE);
        try {
            String before = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.readString(file) : "";
            if (read(before, true).filter(manager.toString()::equals).isPresent()) {
                return;
            }
            String after = LabelEdit.candidates(before, manager.toString())
                    .filter(text -> isEditOf(before, text, manager))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID_MANIFEST,
                            ManifestReader.PARAMS_FILE
                                    + " /labels/modulemanager/module_id: the manager must write its id "
                                    + "here and cannot; write labels as a plain map without anchors or aliases"));
            replace(file, after);
        } catch (IOException e) {
            throw new UncheckedIOException(ManifestReader.PARAMS_FILE + " could not be labelled", e);
        }
    }

    /** Nothing but the label may differ, whatever the layout of the file is. */
    private static boolean isEditOf(String before, String after, ModuleId manager) {
        return read(after, false).filter(manager.toString()::equals).isPresent()
                && LabelEdit.withoutLabel(before).equals(LabelEdit.withoutLabel(after));
    }

    private static Optional<String> read(String text, boolean strict) {
        YamlFindings findings = new YamlFindings();
        Optional<String> label = YamlDocument.parse(
                        text.getBytes(StandardCharsets.UTF_8), ManifestReader.PARAMS_FILE, findings)
                .map(document -> ModuleParamsFile.read(document.section(findings)))
                .map(params -> params.labels().get(KEY));
        if (strict) {
            findings.throwIfAny(ProblemType.INVALID_MANIFEST);
        }
        return findings.hasErrors() ? Optional.empty() : label;
    }

    private static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(".module_params.yaml.new");
        Files.deleteIfExists(temporary);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (Files.exists(file)) {
                Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
                Files.setPosixFilePermissions(temporary, mode);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
