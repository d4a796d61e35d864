package io.vyra.modulemanager.yaml;

import io.vyra.modulemanager.yaml.YamlNode.ScalarType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the tree of one document out of parser events.
 *
 * <p>The tree is built here and not by the library's composer because the composer recurses without a bound, keeps duplicate keys
 * and does not weigh aliases.
 */
final class YamlTreeBuilder {
    private static final int MAX_DEPTH = 32;
    private static final long MAX_WEIGHT = 200_000;
    private static final int MAX_KEY_LENGTH = 256;
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private int depth;

    private YamlTreeBuilder(Iterator<Event> events) {
        this.events = events;
    }

    /** The document's root; empty when the text holds nothing but blanks and comments. */
    static Optional<YamlNode> build(String text) throws YamlSyntaxException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setUseMarks(true)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            return new YamlTreeBuilder(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new YamlSyntaxException(
                    mark.map(m -> m.getLine() + 1).orElse(0),
                    "is not valid YAML: " + (e.getProblem() == null ? "unexpected content" : e.getProblem()));
        } catch (YamlEngineException e) {
            throw new YamlSyntaxException(0, "is not valid YAML: " + firstLine(e.getMessage()));
        } catch (RuntimeException e) {
            // The parser indexes into its buffers; on hostile input that has thrown more than its own exceptions.
            throw new YamlSyntaxException(0, "is not valid YAML: the parser gave up (" + firstLine(e.toString()) + ")");
        }
    }

    private Optional<YamlNode> document() throws YamlSyntaxException {
        expect(Event.ID.StreamStart);
        Event first = events.next();
        if (first.getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        YamlNode root = node(events.next());
        expect(Event.ID.DocumentEnd);
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw new YamlSyntaxException(line(last), "holds more than one document; only one is allowed");
        }
        return Optional.of(root);
    }

    private void expect(Event.ID id) throws YamlSyntaxException {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw new YamlSyntaxException(line(event), "is not valid YAML: unexpected " + event.getEventId());
        }
    }

    private YamlNode node(Event event) throws YamlSyntaxException {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        if (++depth > MAX_DEPTH) {
            throw new YamlSyntaxException(line(event), "is nested deeper than " + MAX_DEPTH + " levels");
        }
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start when start.getEventId() == Event.ID.SequenceStart -> sequence(start);
            case CollectionStartEvent start -> mapping(start);
            default -> throw new YamlSyntaxException(line(event), "is not valid YAML: unexpected " + event);
        };
        depth--;
        if (node.weight() > MAX_WEIGHT) {
            throw new YamlSyntaxException(node.line(), "holds more than " + MAX_WEIGHT + " values, aliases counted");
        }
        if (event instanceof NodeEvent anchored) {
            anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private YamlNode aliased(AliasEvent alias) throws YamlSyntaxException {
        YamlNode node = anchors.get(alias.getAnchor().orElseThrow());
        if (node == null) {
            throw new YamlSyntaxException(
                    line(alias), "refers to the anchor '" + alias.getAlias() + "', which is not defined before it");
        }
        return node;
    }

    private static YamlNode scalar(ScalarEvent event) throws YamlSyntaxException {
        Tag tag = event.getTag().isEmpty() || event.getTag().get().equals("!")
                ? RESOLVER.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar())
                : new Tag(event.getTag().get());
        return new YamlNode.Scalar(type(tag, event), event.getValue(), event.isPlain(), line(event));
    }

    private static ScalarType type(Tag tag, ScalarEvent event) throws YamlSyntaxException {
        if (tag.equals(Tag.STR)) {
            return ScalarType.TEXT;
        }
        // A written tag does not make a value: "!!int abc" must not reach a number parser.
        boolean written = event.getTag().isPresent();
        if (written && !RESOLVER.resolve(event.getValue(), true).equals(tag)) {
            throw new YamlSyntaxException(
                    line(event), "has the tag " + event.getTag().get() + ", which is not supported here");
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarType.BOOLEAN;
        }
        if (tag.equals(Tag.INT)) {
            return ScalarType.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarType.FLOAT;
        }
        return tag.equals(Tag.NULL) ? ScalarType.NULL : ScalarType.TEXT;
    }

    private YamlNode sequence(CollectionStartEvent start) throws YamlSyntaxException {
        refuseTag(start, Tag.SEQ);
        List<YamlNode> items = new ArrayList<>();
        long weight = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            YamlNode item = node(event);
            items.add(item);
            weight += item.weight();
        }
        return new YamlNode.Sequence(items, line(start), weight);
    }

    private YamlNode mapping(CollectionStartEvent start) throws YamlSyntaxException {
        refuseTag(start, Tag.MAP);
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        long weight = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(node(event) instanceof YamlNode.Scalar key)) {
                throw new YamlSyntaxException(line(event), "has a list or a map as a key; a key must be a text");
            }
            if (key.text().length() > MAX_KEY_LENGTH || key.text().chars().anyMatch(Character::isISOControl)) {
                throw new YamlSyntaxException(
                        line(event), "has a key of more than " + MAX_KEY_LENGTH + " or with control characters");
            }
            if (key.plain() && key.text().equals("<<")) {
                throw new YamlSyntaxException(line(event), "uses the merge key <<, which YAML 1.2 does not have");
            }
            YamlNode value = node(events.next());
            weight += 1 + value.weight();
            YamlNode.Entry earlier = entries.put(key.text(), new YamlNode.Entry(line(event), value));
            if (earlier != null) {
                throw new YamlSyntaxException(
                        line(event), "has the key '" + key.text() + "' twice, first on line " + earlier.keyLine());
            }
        }
        return new YamlNode.Mapping(Collections.unmodifiableMap(entries), line(start), weight);
    }

    private static void refuseTag(CollectionStartEvent start, Tag expected) throws YamlSyntaxException {
        if (start.getTag().filter(tag -> !tag.equals(expected.getValue())).isPresent()) {
            throw new YamlSyntaxException(
                    line(start), "has the tag " + start.getTag().get() + ", which is not supported here");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static String firstLine(String message) {
        return message == null
                ? "unreadable content"
                : message.lines().findFirst().orElse("unreadable content");
    }
}
