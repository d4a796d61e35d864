package io.vyra.modulemanager.store;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The place of an archive entry inside the tree: no {@code .}, no {@code ..}, not absolute.
 *
 * @param segments empty for the root itself
 */
record EntryPath(List<String> segments) {
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final int MAX_NAME_BYTES = 3072;

    EntryPath {
        segments = List.copyOf(segments);
    }

    /**
     * @throws ProblemException when the name leaves the tree or no portable file name can be made of it
     */
    static EntryPath parse(String name, UnpackLimits limits) {
        refuseCharacters(name, "a name");
        if (name.startsWith("/")) {
            throw refused(name, "has an absolute path");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("/")) {
            if (segment.equals("..")) {
                throw refused(name, "leads out of the package with ..");
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
                throw refused(name, "has a name part of more than " + MAX_SEGMENT_BYTES + " bytes");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (segments.size() > limits.depth()) {
            throw refused(name, "lies deeper than " + limits.depth() + " folders");
        }
        return new EntryPath(segments);
    }

    /**
     * Checks where a symbolic link leads. {@code ..} may only stand at the start: after a segment that is itself a link, {@code ..}
     * would not lead back to where it seems to.
     */
    void checkLinkTarget(String target) {
        refuseCharacters(target, "a link target");
        if (target.isEmpty() || target.startsWith("/")) {
            throw refused(this.toString(), "is a link to the absolute or empty path '" + shown(target) + "'");
        }
        int depth = segments.size() - 1;
        boolean descending = false;
        for (String segment : target.split("/")) {
            if (segment.equals("..")) {
                if (descending || --depth < 0) {
                    throw refused(this.toString(), "is a link out of the package, to '" + shown(target) + "'");
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                descending = true;
            }
        }
    }

    private static void refuseCharacters(String name, String what) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw refused(name, "has " + what + " of more than " + MAX_NAME_BYTES + " bytes");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(name, "has " + what + " with a control character");
            }
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1));
            // A lone surrogate cannot be encoded again; the other two are what the archive library makes of undecodable
            // bytes.
            if (c == '?' || c == '\uFFFD' || (Character.isSurrogate(c) && !isPair)) {
                throw refused(name, "has " + what + " that is not UTF-8 or holds a question mark");
            }
            i += isPair ? 1 : 0;
        }
    }

    static ProblemException refused(String entry, String why) {
        return new ProblemException(ProblemType.INVALID_PACKAGE, "Entry '" + shown(entry) + "' of the package " + why);
    }

    /** For messages: no control characters, not endless. */
    static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 120 ? clean : clean.substring(0, 117) + "…";
    }

    boolean isRoot() {
        return segments.isEmpty();
    }

    EntryPath parent() {
        return new EntryPath(segments.subList(0, segments.size() - 1));
    }

    String fileName() {
        return segments.getLast();
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
