package io.vyra.modulemanager.yaml;

import java.util.List;
import java.util.Map;

/** One value of a YAML document and the line it starts on (1 for the first). Immutable. */
sealed interface YamlNode {

    int line();

    /** Values below and including this one, each alias counted with all it stands for. */
    long weight();

    /** What the value is called in a message to the author of the file. */
    String kind();

    /** The type the core schema (YAML 1.2.2, section 10.3) gives a scalar. */
    enum ScalarType {
        TEXT,
        BOOLEAN,
        INTEGER,
        FLOAT,
        NULL
    }

    record Scalar(ScalarType type, String text, boolean plain, int line) implements YamlNode {
        @Override
        public long weight() {
            return 1;
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text \"" + excerpt() + "\"";
                case BOOLEAN -> "the boolean " + text;
                case INTEGER, FLOAT -> "the number " + excerpt();
                case NULL -> "empty";
            };
        }

        private String excerpt() {
            String clean = text.strip().replaceAll("\\p{Cntrl}", " ");
            return clean.length() <= 60 ? clean : clean.substring(0, 57) + "…";
        }
    }

    record Sequence(List<YamlNode> items, int line, long weight) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys in the order of the file. */
    record Mapping(Map<String, Entry> entries, int line, long weight) implements YamlNode {
        @Override
        public String kind() {
            return "a map";
        }
    }

    /** @param keyLine line of the key, which is where a reader looks */
    record Entry(int keyLine, YamlNode value) {}
}
