package io.vyra.modulemanager.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Proposes texts of {@code module_params.yaml} that have the manager's label, each with one insertion or replacement.
 *
 * <p>A proposal may be wrong for an exotic layout; the caller reads each one and takes the first that says the same but for the
 * label. Texts must have passed the strict reader, which bounds their depth and aliases.
 */
final class LabelEdit {
    private static final List<String> PATH = List.of("labels", "modulemanager", "module_id");

    private LabelEdit() {}

    static Stream<String> candidates(String text, String id) {
        Optional<Node> root = compose(text);
        if (root.isEmpty()) {
            return Stream.of(appended(text, id));
        }
        List<String> candidates = new ArrayList<>();
        boolean hasLabels = root.get() instanceof MappingNode mapping
                && member(mapping, PATH.getFirst()).isPresent();
        if (!hasLabels) {
            candidates.add(appended(text, id));
        }
        inserted(text, root.get(), 0, id).ifPresent(candidates::add);
        return candidates.stream();
    }

    private static String appended(String text, String id) {
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        return text + gap + "labels:\n  modulemanager:\n    module_id: " + id + "\n";
    }

    /** Edits at the deepest level of the label's path that the text already has. */
    private static Optional<String> inserted(String text, Node node, int level, String id) {
        if (level == PATH.size() || isNull(node)) {
            boolean isScalar = node instanceof ScalarNode;
            String value = level == PATH.size() ? id : flow(level, id);
            return isScalar ? Optional.of(replaced(text, start(node), end(node), value)) : Optional.empty();
        }
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        Optional<Node> next = member(mapping, PATH.get(level));
        if (next.isPresent()) {
            return inserted(text, next.get(), level + 1, id);
        }
        String entry = PATH.get(level) + ": " + (level + 1 == PATH.size() ? id : flow(level + 1, id));
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            int inside = start(mapping) + 1;
            String separator = mapping.getValue().isEmpty() ? "" : ", ";
            return Optional.of(replaced(text, inside, inside, entry + separator));
        }
        Node firstKey = mapping.getValue().getFirst().getKeyNode();
        int column = firstKey.getStartMark().orElseThrow().getColumn();
        int at = start(firstKey);
        return Optional.of(replaced(text, at, at, entry + "\n" + " ".repeat(column)));
    }

    /** The rest of the label's path as a flow map, which may stand wherever a value may. */
    private static String flow(int level, String id) {
        return level == PATH.size() ? id : "{" + PATH.get(level) + ": " + flow(level + 1, id) + "}";
    }

    private static String replaced(String text, int start, int end, String value) {
        int from = text.offsetByCodePoints(0, start);
        int to = text.offsetByCodePoints(0, end);
        boolean glued = from > 0 && text.charAt(from - 1) == ':';
        return text.substring(0, from) + (glued ? " " : "") + value + text.substring(to);
    }

    private static Optional<Node> member(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** Everything a text says but the label and the maps that only hold it, for comparison. */
    static Object withoutLabel(String text) {
        return compose(text).map(root -> plain(root, 0)).orElse(Map.of());
    }

    private static Object plain(Node node, int level) {
        return switch (node) {
            case ScalarNode scalar when isNull(scalar) && level >= 0 && level < PATH.size() -> Map.of();
            case ScalarNode scalar -> scalar.getTag() + " " + scalar.getValue();
            case SequenceNode sequence ->
                sequence.getValue().stream().map(item -> plain(item, -1)).toList();
            case MappingNode mapping -> members(mapping, level);
            default -> node.getTag().toString();
        };
    }

    /** @param level how many keys of the label's path lead here, -1 when others do */
    private static Map<Object, Object> members(MappingNode mapping, int level) {
        Map<Object, Object> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            boolean onPath = level >= 0 && key.equals(PATH.get(level));
            if (onPath && level + 1 == PATH.size()) {
                continue;
            }
            Object value = plain(tuple.getValueNode(), onPath ? level + 1 : -1);
            if (!onPath || !value.equals(Map.of())) {
                members.put(key, value);
            }
        }
        return members;
    }

    private static Optional<Node> compose(String text) {
        try {
            return new Compose(LoadSettings.builder()
                            .setSchema(new CoreSchema())
                            .setUseMarks(true)
                            .build())
                    .composeString(text);
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int start(Node node) {
        return node.getStartMark().orElseThrow().getIndex();
    }

    private static int end(Node node) {
        return node.getEndMark().orElseThrow().getIndex();
    }
}
