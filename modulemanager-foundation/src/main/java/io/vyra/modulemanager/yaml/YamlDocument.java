package io.vyra.modulemanager.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** A YAML 1.2 or JSON document that was parsed without a syntax error. Immutable. */
public final class YamlDocument {
    private final String label;
    private final Optional<YamlNode> root;

    private YamlDocument(String label, Optional<YamlNode> root) {
        this.label = label;
        this.root = root;
    }

    /**
     * Reads a file; what is wrong with it ends up in the findings.
     *
     * @param file     never followed when it is a link
     * @param label    what the file is called in messages
     * @param maxBytes files above this size are refused unread
     * @return empty when the file is missing (no finding) or unreadable (with a finding)
     */
    public static Optional<YamlDocument> read(Path file, String label, int maxBytes, YamlFindings findings) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                findings.error(label, 0, "", "is not a regular file");
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                if (bytes.length > maxBytes) {
                    findings.error(label, 0, "", "is larger than " + maxBytes + " bytes");
                    return Optional.empty();
                }
                return parse(bytes, label, findings);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            findings.error(label, 0, "", "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Parses UTF-8 bytes; empty, with a finding, when they are no acceptable document. */
    public static Optional<YamlDocument> parse(byte[] utf8, String label, YamlFindings findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return Optional.of(new YamlDocument(label, YamlTreeBuilder.build(text)));
        } catch (CharacterCodingException e) {
            findings.error(label, 0, "", "is not UTF-8 text");
        } catch (YamlSyntaxException e) {
            findings.error(label, e.line(), "", e.getMessage());
        }
        return Optional.empty();
    }

    /** True when there is nothing but blanks and comments, or a lone null. */
    public boolean isEmpty() {
        return root.isEmpty()
                || (root.get() instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.ScalarType.NULL);
    }

    /** The whole document; an empty one reads as an empty value. */
    public YamlValue root(YamlFindings findings) {
        YamlNode node = root.orElse(new YamlNode.Scalar(YamlNode.ScalarType.NULL, "", true, 1));
        return new YamlValue(label, "", node.line(), node, findings);
    }

    /** The document as a map; an empty document is an empty map, any other value a finding and an empty map. */
    public YamlSection section(YamlFindings findings) {
        return isEmpty() ? YamlSection.empty(label, findings) : root(findings).section();
    }
}
