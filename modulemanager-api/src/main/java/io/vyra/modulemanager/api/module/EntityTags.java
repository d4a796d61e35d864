package io.vyra.modulemanager.api.module;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Arrays;

/** Entity tags and {@code If-Match} as in RFC 9110, sections 8.8.3 and 13.1.1. */
final class EntityTags {
    private EntityTags() {}

    static String header(String etag) {
        return '"' + etag + '"';
    }

    /**
     * The present tag when the header names it or is {@code *}. A weak tag never matches.
     *
     * @throws ProblemException {@code IF_MATCH_REQUIRED} without a header, {@code STALE_ETAG} when it names other tags
     */
    static String requireMatch(String ifMatch, String present) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ProblemException(
                    ProblemType.IF_MATCH_REQUIRED,
                    "The header If-Match is missing. Read the module and send its ETag along with the change.");
        }
        boolean matches = ifMatch.strip().equals("*")
                || Arrays.stream(ifMatch.split(",")).map(String::strip).anyMatch(header(present)::equals);
        if (!matches) {
            throw new ProblemException(
                    ProblemType.STALE_ETAG,
                    "The module changed since it was read: its ETag is " + header(present)
                            + " now. Read it again and decide" + " again.");
        }
        return present;
    }
}
