package io.vyra.modulemanager.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vyra.modulemanager.module.ModuleId;
import io.vyra.modulemanager.problem.Problem.FieldError;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a repository's {@code index.json}.
 *
 * <p>Entries are read one by one, so that a large index never stands in memory as a tree. A bad entry is skipped with a warning that
 * names its place; a document that is no index is refused as a whole. Thread-safe.
 */
final class IndexReader {
    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_WARNINGS = 100;
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NUMBER = 32;

    private final ObjectReader tree;

    IndexReader() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .maxNameLength(1_024)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .build();
        this.tree = new ObjectMapper(factory).readerFor(JsonNode.class);
    }

    /**
     * @throws ProblemException {@link ProblemType#INVALID_INDEX} with line and column, or pointer, when the document is no index
     */
    RepositoryIndex read(byte[] content, Endpoint endpoint) {
        try (JsonParser parser = tree.createParser(content)) {
            return new Reading(parser, endpoint).whole();
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw invalid(endpoint, "is no valid JSON" + place + ": " + firstLine(e.getOriginalMessage()), "");
        } catch (IOException e) {
            // Reading from memory fails on malformed text only, for example a broken UTF-16 mark.
            throw invalid(endpoint, "is no valid JSON: " + firstLine(String.valueOf(e.getMessage())), "");
        }
    }

    private static String firstLine(String text) {
        String line = text.lines()
                .findFirst()
                .orElse("")
                .replaceAll(", from `[^`]*`", "")
                .replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static ProblemException invalid(Endpoint endpoint, String what, String pointer) {
        return new ProblemException(
                ProblemType.INVALID_INDEX,
                "The index of repository " + endpoint.repositoryId() + " ("
                        + endpoint.shown(endpoint.resolve(RepositoryClient.INDEX_NAME)) + ") " + what
                        + ". What it offered before stays in the catalogue; its publisher must repair it.",
                List.of(new FieldError(pointer, what)));
    }

    private final class Reading {
        private final JsonParser parser;
        private final Endpoint endpoint;
        private final IndexEntryReader entryReader;
        private final List<CatalogEntry> entries = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<RepositoryIndex.Skipped> skipped = new ArrayList<>();
        private int dropped;

        Reading(JsonParser parser, Endpoint endpoint) {
            this.parser = parser;
            this.endpoint = endpoint;
            this.entryReader = new IndexEntryReader(endpoint);
        }

        RepositoryIndex whole() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(endpoint, "must be a JSON object", "");
            }
            boolean found = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!field.equals("modules")) {
                    parser.skipChildren();
                } else if (found) {
                    throw invalid(endpoint, "has 'modules' twice", "/modules");
                } else {
                    found = true;
                    modules(value);
                }
            }
            if (!found) {
                throw invalid(endpoint, "has no 'modules' list", "/modules");
            }
            if (parser.nextToken() != null) {
                throw invalid(endpoint, "goes on after the end of its JSON object", "");
            }
            if (dropped > 0) {
                warnings.add("and " + dropped + " more");
            }
            return new RepositoryIndex(entries, warnings, skipped);
        }

        private void modules(JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            if (value != JsonToken.START_ARRAY) {
                throw invalid(endpoint, "must have a list as 'modules'", "/modules");
            }
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                if (i >= MOST_ENTRIES) {
                    throw invalid(endpoint, "has more than " + MOST_ENTRIES + " modules", "/modules/" + i);
                }
                entry(tree.readTree(parser), "/modules/" + i);
            }
        }

        private void entry(JsonNode node, String pointer) {
            try {
                CatalogEntry entry = entryReader.read(node, pointer, this::warn);
                if (seen.add(entry.name() + " " + entry.version())) {
                    entries.add(entry);
                } else {
                    warn(pointer + " is skipped: " + entry.name() + " " + entry.version()
                            + " stands in the index before");
                }
            } catch (BadIndexValueException e) {
                String why = pointer + " is skipped: " + e.pointer() + " " + e.getMessage();
                warn(why);
                String name = node.path("name").asText();
                if (ModuleId.isName(name) && skipped.size() < MOST_WARNINGS) {
                    skipped.add(new RepositoryIndex.Skipped(name, why));
                }
            }
        }

        private void warn(String text) {
            if (warnings.size() < MOST_WARNINGS) {
                warnings.add(text);
            } else {
                dropped++;
            }
        }
    }
}
